import { Injectable } from '@nestjs/common';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { OutboxRepository } from './outbox.repository.js';

/** Purpose of the encryption of payloads: they carry links and codes. */
export const OUTBOX_ENCRYPTION = 'outbox';

/** Takes in work that has to happen after the commit, in the transaction of what it belongs to. */
@Injectable()
export class Outbox {
  private wake: () => void = () => undefined;

  constructor(
    private readonly messages: OutboxRepository,
    private readonly transactions: TransactionRunner,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Stores a message of `topic`; its handler runs soon after the commit, and not at all after a rollback. */
  async enqueue(topic: string, payload: unknown): Promise<void> {
    const id = this.ids.next();
    const now = this.clock.now();
    await this.messages.add({
      id,
      realmId: DEFAULT_REALM_ID,
      topic,
      payload: this.options.secrets.encrypt(OUTBOX_ENCRYPTION, JSON.stringify(payload), id),
      attempts: 0,
      availableAt: now,
      claimedUntil: null,
      doneAt: null,
      failedAt: null,
      lastError: null,
      createdAt: now,
    });
    this.transactions.afterCommit(() => this.wake());
  }

  /** The worker of this process says how to wake it. */
  onEnqueued(wake: () => void): void {
    this.wake = wake;
  }
}
