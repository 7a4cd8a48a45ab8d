import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { UserRepository } from '../../core/index.js';
import type {
  ConfirmedAddress,
  ConfirmedTotp,
  PendingTotp,
  TwoFactorMethod,
  TwoFactorRecord,
} from './two-factor.js';
import { TwoFactorRepository } from './two-factor.repository.js';

@Injectable()
export class InMemoryTwoFactorRepository implements TwoFactorRepository {
  private readonly rows: InMemoryTable<TwoFactorRecord>;

  constructor(
    private readonly database: InMemoryDatabase,
    private readonly users: UserRepository,
  ) {
    this.rows = database.table<TwoFactorRecord>('two_factors', {
      unique: [{ name: 'two_factors_method', key: (row) => `${row.userId} ${row.method}` }],
    });
  }

  /** A transaction here is alone anyway. */
  async lock(userId: string): Promise<boolean> {
    if (!this.database.transaction) throw new Error('A lock without a transaction ends at once.');
    const user = await this.users.findById(userId);
    return user !== null && user.deletedAt === null;
  }

  begin({ id, userId, pendingSecret, now }: PendingTotp): Promise<void> {
    return this.database.execute(() => {
      const known = this.of(userId, 'totp');
      if (known) this.rows.update(known.id, { pendingSecret, pendingAt: now, updatedAt: now });
      else this.rows.insert({ ...blank(id, userId, 'totp', now), pendingSecret, pendingAt: now });
    });
  }

  findByUserId(userId: string): Promise<TwoFactorRecord[]> {
    return this.database.execute(() =>
      this.rows
        .filter((row) => row.userId === userId)
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)),
    );
  }

  confirm({ userId, pendingSecret, step, begunAfter, now }: ConfirmedTotp): Promise<boolean> {
    return this.database.execute(() => {
      const row = this.of(userId, 'totp');
      if (row?.pendingSecret !== pendingSecret || row.pendingAt === null || row.pendingAt <= begunAfter)
        return false;
      const enabled = { enabled: true, verified: true, confirmedAt: now, updatedAt: now };
      const moved = { secret: pendingSecret, pendingSecret: null, pendingAt: null, lastUsedStep: step };
      return this.rows.update(row.id, { ...enabled, ...moved }) !== undefined;
    });
  }

  enable({ id, userId, method, phoneNumber, now }: ConfirmedAddress): Promise<void> {
    return this.database.execute(() => {
      const known = this.of(userId, method);
      const enabled = { enabled: true, verified: true, confirmedAt: now, phoneNumber, updatedAt: now };
      if (known) this.rows.update(known.id, enabled);
      else this.rows.insert({ ...blank(id, userId, method, now), ...enabled });
    });
  }

  useStep(userId: string, secret: string, step: number): Promise<boolean> {
    return this.database.execute(() => {
      const row = this.of(userId, 'totp');
      const fresh = row?.enabled && row.secret === secret && (row.lastUsedStep ?? -1) < step;
      return fresh ? this.rows.update(row.id, { lastUsedStep: step }) !== undefined : false;
    });
  }

  remove(userId: string, methods?: readonly TwoFactorMethod[]): Promise<TwoFactorMethod[]> {
    return this.database.execute(() => {
      const removed = this.rows.filter(
        (row) => row.userId === userId && (methods?.includes(row.method) ?? true),
      );
      for (const { id } of removed) this.rows.delete(id);
      return removed.flatMap(({ method, enabled }) => (enabled ? [method] : []));
    });
  }

  deleteUnconfirmed(begunBefore: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const stale = this.rows
        .filter((row) => !row.enabled && row.pendingAt !== null && row.pendingAt < begunBefore)
        .slice(0, limit);
      for (const { id } of stale) this.rows.delete(id);
      return stale.length;
    });
  }

  findSealedOtherwise(prefix: string, afterId: string | null, limit: number): Promise<TwoFactorRecord[]> {
    return this.database.execute(() =>
      this.rows
        .filter(({ id, secret, pendingSecret }) => {
          const otherwise = [secret, pendingSecret].some((sealed) => sealed?.startsWith(prefix) === false);
          return otherwise && (afterId === null || id > afterId);
        })
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    );
  }

  reseal(
    from: Pick<TwoFactorRecord, 'id' | 'secret' | 'pendingSecret'>,
    to: Pick<TwoFactorRecord, 'secret' | 'pendingSecret'>,
  ): Promise<boolean> {
    return this.database.execute(() => {
      const row = this.rows.get(from.id);
      if (row?.secret !== from.secret || row.pendingSecret !== from.pendingSecret) return false;
      const { secret, pendingSecret } = to;
      return this.rows.update(row.id, { secret, pendingSecret }) !== undefined;
    });
  }

  private of(userId: string, method: TwoFactorMethod): TwoFactorRecord | undefined {
    return this.rows.find((row) => row.userId === userId && row.method === method);
  }
}

function blank(id: string, userId: string, method: TwoFactorMethod, now: Date): TwoFactorRecord {
  return {
    ...{ id, realmId: DEFAULT_REALM_ID, userId, method, secret: null, pendingSecret: null, pendingAt: null },
    ...{ phoneNumber: null, enabled: false, verified: false, confirmedAt: null, lastUsedStep: null },
    ...{ createdAt: now, updatedAt: now },
  };
}
