import { Injectable } from '@nestjs/common';
import { OnAuthEvent } from '../../shared/events/on-auth-event.js';
import { FanOut } from '../../shared/fan-out/fan-out.js';
import { IdGenerator } from '../../shared/ids/id-generator.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  ClaimsChanged,
  LONGEST_IMPERSONATION_MS,
  ResolvedCoreOptions,
  SessionRepository,
  SessionsRevoked,
} from '../core/index.js';
import type { BlacklistEntry } from './blacklist/blacklist.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { Denylist } from './denylist.js';
import { REVOCATIONS } from './denylist-feed.js';

/** The verifier takes tokens a little past their end. */
const TOLERANCE_MS = 60_000;

/** Writes down, in the transaction that ends sessions or changes claims, which access tokens are dead from then on; on this node they are at once. */
@Injectable()
export class RevocationRecorder {
  constructor(
    private readonly blacklist: BlacklistRepository,
    private readonly denylist: Denylist,
    private readonly sessions: SessionRepository,
    private readonly ids: IdGenerator,
    private readonly transactions: TransactionRunner,
    private readonly fanOut: FanOut,
    private readonly options: ResolvedCoreOptions,
  ) {}

  @OnAuthEvent(SessionsRevoked, { phase: 'transaction' })
  async record(event: SessionsRevoked): Promise<void> {
    if (!event.all && event.sessionIds.length === 0) return;
    await this.write(this.entriesOf(event, await this.lastEnd(event)));
  }

  /** Nobody is signed out: a refresh brings a token that says what is so. */
  @OnAuthEvent(ClaimsChanged, { phase: 'transaction' })
  async recordClaims({ users, occurredAt }: ClaimsChanged): Promise<void> {
    // The access token of an impersonation may live longer than others.
    const longest = Math.max(this.options.session.accessTokenTtlMs, LONGEST_IMPERSONATION_MS);
    const expiresAt = new Date(occurredAt.getTime() + longest + TOLERANCE_MS);
    await this.write(
      users.map(({ id: userId, claimsVersion: minClaimsVersion }) => ({
        id: this.ids.next(),
        kind: 'claims',
        userId,
        minClaimsVersion,
        expiresAt,
      })),
    );
  }

  private async write(entries: readonly BlacklistEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.blacklist.add(entries);
    this.transactions.afterCommit(() => {
      this.denylist.add(entries);
      this.fanOut.announce(REVOCATIONS);
    });
  }

  /** By the tokens' own ends: they may have been made before a restart, or on another node, under a longer lifetime than the one here. */
  private async lastEnd({ userId, sessionIds, all, occurredAt }: SessionsRevoked): Promise<Date> {
    const made = await this.sessions.lastAccessEnd(userId, all ? undefined : sessionIds);
    const here = occurredAt.getTime() + this.options.session.accessTokenTtlMs;
    return new Date(Math.max(here, made?.getTime() ?? 0) + TOLERANCE_MS);
  }

  private entriesOf({ userId, sessionIds, all }: SessionsRevoked, expiresAt: Date): BlacklistEntry[] {
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
