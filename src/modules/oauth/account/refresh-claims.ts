import { Injectable } from '@nestjs/common';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import type { AccountRecord } from './account.js';
import { AccountRepository } from './account.repository.js';

/** A change of tokens takes no longer; who has the right to it and is gone loses it then. */
export const CLAIM_MS = 30_000;

/** The right to change the tokens of an account: one caller at a time, on any node. */
@Injectable()
export class RefreshClaims {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** Works on the account under a claim of its own; `null` where somebody else has one, or the account is gone. */
  async hold<T>(id: string, work: (account: AccountRecord) => T | Promise<T>): Promise<T | null> {
    const owner = this.ids.next();
    const now = this.clock.now();
    const until = new Date(now.getTime() + CLAIM_MS);
    const claimed = await this.accounts.claimRefresh(id, { owner, until }, now);
    if (!claimed) return null;
    try {
      return await work(claimed);
    } finally {
      await this.accounts.releaseRefresh(id, owner);
    }
  }
}
