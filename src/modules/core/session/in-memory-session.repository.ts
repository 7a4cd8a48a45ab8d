import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import type {
  RefreshState,
  RevocationReason,
  SessionCheck,
  SessionFamilyRecord,
  SessionRecord,
} from './session.js';
import {
  type FamilyUse,
  type Rotation,
  SessionRepository,
  type SessionSortField,
} from './session.repository.js';

@Injectable()
export class InMemorySessionRepository implements SessionRepository {
  private readonly families: InMemoryTable<SessionFamilyRecord>;
  private readonly sessions: InMemoryTable<SessionRecord>;

  constructor(
    private readonly database: InMemoryDatabase,
    private readonly users: UserRepository,
  ) {
    this.families = database.table<SessionFamilyRecord>('session_families');
    this.sessions = database.table<SessionRecord>('sessions', {
      unique: [
        { name: 'sessions_refresh_token', key: (session) => session.refreshToken },
        { name: 'sessions_access_token', key: (session) => session.accessToken ?? undefined },
      ],
    });
  }

  start(family: SessionFamilyRecord, session: SessionRecord): Promise<void> {
    return this.database.execute(() => {
      this.families.insert(family);
      this.sessions.insert(session);
    });
  }

  startByLogin(family: SessionFamilyRecord, session: SessionRecord): Promise<UserRecord | null> {
    return this.database.execute(() => {
      const users = this.database.existingTable<UserRecord>('users');
      const user = users.get(family.userId);
      if (!user || user.deletedAt !== null || user.tokenVersion !== family.tokenVersion) return null;
      this.families.insert(family);
      this.sessions.insert(session);
      const done = { failedLoginAttempts: 0, lockedUntil: null, lastLoginAt: session.createdAt };
      return users.update(user.id, done) ?? null;
    });
  }

  evict({ id: current, userId }: SessionFamilyRecord, kept: number, now: Date): Promise<string[]> {
    return this.database.execute(() => {
      const over = this.living(userId, now)
        .filter(({ id }) => id !== current)
        .sort(
          (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
        )
        .slice(Math.max(kept - 1, 0));
      for (const { id } of over) this.families.update(id, { revokedAt: now, revokedReason: 'evicted' });
      return over.map(({ id }) => id);
    });
  }

  async findByAccessToken(tokenHash: string): Promise<SessionCheck | null> {
    const state = await this.state((session) => session.accessToken === tokenHash);
    return state && { ...state, account: () => state.user };
  }

  findByRefreshToken(tokenHash: string): Promise<RefreshState | null> {
    return this.state((session) => session.refreshToken === tokenHash);
  }

  rotate({ predecessorId, familyId, successor, sealedAnswer, now }: Rotation): Promise<boolean> {
    return this.database.execute(() => {
      const family = this.families.get(familyId);
      const predecessor = this.sessions.get(predecessorId);
      if (!family || !isLiving(family, now)) return false;
      if (predecessor?.familyId !== familyId || predecessor.replacedBy !== null) return false;
      this.sessions.update(predecessorId, { replacedBy: successor.id, replacedAt: now, sealedAnswer });
      this.sessions.insert(successor);
      return true;
    });
  }

  findFamily(id: string): Promise<SessionFamilyRecord | null> {
    return this.database.execute(() => this.families.get(id) ?? null);
  }

  listByUser(
    userId: string,
    listing: Listing<SessionSortField>,
    now: Date,
  ): Promise<{ rows: SessionFamilyRecord[]; total: number }> {
    return this.database.execute(() =>
      paginate(this.living(userId, now), listing, {
        created_at: (family) => family.createdAt,
        expires_at: (family) => family.expiresAt,
        ip_address: (family) => family.ipAddress,
      }),
    );
  }

  revoke(
    familyId: string,
    reason: RevocationReason,
    now: Date,
    owner?: { userId: string },
  ): Promise<SessionFamilyRecord | null> {
    return this.database.execute(() => {
      const family = this.families.get(familyId);
      if (!family || !isLiving(family, now) || (owner && owner.userId !== family.userId)) return null;
      return this.families.update(familyId, { revokedAt: now, revokedReason: reason }) ?? null;
    });
  }

  revokeAll(userId: string, reason: RevocationReason, now: Date, except?: string): Promise<string[]> {
    return this.database.execute(() => {
      const ended = this.living(userId, now).filter(({ id }) => id !== except);
      for (const { id } of ended) this.families.update(id, { revokedAt: now, revokedReason: reason });
      return ended.map(({ id }) => id);
    });
  }

  lastAccessEnd(userId: string, familyIds?: readonly string[]): Promise<Date | null> {
    return this.database.execute(() =>
      this.sessions
        .filter((pair) => pair.userId === userId && (!familyIds || familyIds.includes(pair.familyId)))
        .reduce<Date | null>((last, { expiresAt }) => (last && last > expiresAt ? last : expiresAt), null),
    );
  }

  adoptTokenVersion(familyId: string, tokenVersion: number): Promise<void> {
    return this.changeOpen(familyId, { tokenVersion });
  }

  async replaceClaims(sessionId: string, claims: Readonly<Record<string, unknown>>): Promise<void> {
    await this.database.execute(() => this.sessions.update(sessionId, { claims }));
  }

  reauthenticate(familyId: string, at: Date, methods: readonly string[]): Promise<void> {
    return this.changeOpen(familyId, { authenticatedAt: at, methods });
  }

  touch(uses: readonly FamilyUse[]): Promise<void> {
    return this.database.execute(() => {
      for (const { familyId, at } of uses) {
        const family = this.families.get(familyId);
        if (family && family.lastUsedAt < at) this.families.update(familyId, { lastUsedAt: at });
      }
    });
  }

  forgetSealedAnswers(before: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const old = this.sessions
        .filter(
          (session) =>
            session.sealedAnswer !== null && session.replacedAt !== null && session.replacedAt < before,
        )
        .slice(0, limit);
      for (const { id } of old) this.sessions.update(id, { sealedAnswer: null });
      return old.length;
    });
  }

  deleteExpired(before: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const families = this.families
        .filter(
          (family) => family.expiresAt < before || (family.revokedAt !== null && family.revokedAt < before),
        )
        .slice(0, limit);
      for (const { id } of families) {
        this.database.deleteWhere('sessions', 'familyId', id);
        this.families.delete(id);
      }
      const pairs = this.sessions.filter((session) => session.refreshTokenExpiresAt < before).slice(0, limit);
      for (const { id } of pairs) this.sessions.delete(id);
      return Math.max(families.length, pairs.length);
    });
  }

  private living(userId: string, now: Date): SessionFamilyRecord[] {
    return this.families.filter((family) => family.userId === userId && isLiving(family, now));
  }

  private changeOpen(familyId: string, changes: Partial<SessionFamilyRecord>): Promise<void> {
    return this.database.execute(() => {
      if (this.families.get(familyId)?.revokedAt === null) this.families.update(familyId, changes);
    });
  }

  private async state(matches: (session: SessionRecord) => boolean): Promise<RefreshState | null> {
    const found = await this.database.execute(() => {
      const session = this.sessions.find(matches);
      const family = session && this.families.get(session.familyId);
      if (!session || !family) return null;
      const successor = session.replacedBy === null ? undefined : this.sessions.get(session.replacedBy);
      return { session, family, successorIsCurrent: successor?.replacedBy === null };
    });
    const user = found && (await this.users.findById(found.session.userId));
    return found && user ? { ...found, user } : null;
  }
}

function isLiving(family: SessionFamilyRecord, now: Date): boolean {
  return family.revokedAt === null && family.expiresAt > now;
}
