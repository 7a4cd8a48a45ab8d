import { Injectable } from '@nestjs/common';
import { OnAuthEvent } from '../../shared/events/on-auth-event.js';
import { IdGenerator } from '../../shared/ids/id-generator.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { ResolvedCoreOptions, SessionsRevoked } from '../core/index.js';
import type { BlacklistEntry } from './blacklist/blacklist.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { Denylist } from './denylist.js';

/** The verifier takes tokens a little past their end. */
const TOLERANCE_MS = 60_000;

/** Writes down, in the transaction that ends sessions, which access tokens are dead from then on; on this node they are at once. */
@Injectable()
export class RevocationRecorder {
  constructor(
    private readonly blacklist: BlacklistRepository,
    private readonly denylist: Denylist,
    private readonly ids: IdGenerator,
    private readonly transactions: TransactionRunner,
    private readonly options: ResolvedCoreOptions,
  ) {}

  @OnAuthEvent(SessionsRevoked, { phase: 'transaction' })
  async record(event: SessionsRevoked): Promise<void> {
    const entries = this.entriesOf(event);
    if (entries.length === 0) return;
    await this.blacklist.add(entries);
    this.transactions.afterCommit(() => this.denylist.add(entries));
  }

  private entriesOf({ userId, sessionIds, all, occurredAt }: SessionsRevoked): BlacklistEntry[] {
    const expiresAt = new Date(occurredAt.getTime() + this.options.session.accessTokenTtlMs + TOLERANCE_MS);
    if (all) {
      return [
        {
          id: this.ids.next(),
          kind: 'user',
          userId,
          minTokenVersion: all.tokenVersion,
          keptSessionId: all.kept,
          expiresAt,
        },
      ];
    }
    return sessionIds.map((sessionId) => ({
      id: this.ids.next(),
      kind: 'session',
      userId,
      sessionId,
      expiresAt,
    }));
  }
}
