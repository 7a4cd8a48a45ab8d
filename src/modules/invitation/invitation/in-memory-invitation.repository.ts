import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate, type Slice } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { InvitationRecord, NewInvitation } from './invitation.js';
import {
  type InvitationFilter,
  type InvitationPlace,
  InvitationRepository,
  type InvitationSortField,
  type WithdrawalFilter,
} from './invitation.repository.js';

const MOST_PENDING = 100;

type Matches = (row: InvitationRecord) => boolean;

@Injectable()
export class InMemoryInvitationRepository implements InvitationRepository {
  private readonly rows: InMemoryTable<InvitationRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<InvitationRecord>('invitations', {
      unique: [
        {
          name: 'invitations_pending',
          key: ({ status, organizationId, purpose, invitee }) =>
            status === 'pending' ? JSON.stringify([organizationId ?? { purpose }, invitee]) : undefined,
        },
      ],
      references: [
        { table: 'users', field: 'userId' },
        { table: 'users', field: 'inviterId' },
        { table: 'users', field: 'acceptedBy' },
      ],
    });
  }

  create(invitation: NewInvitation): Promise<'created' | 'pending' | 'no_user'> {
    return this.database.execute(() => {
      const record = { ...invitation, status: 'pending' as const, acceptedBy: null, actedAt: null };
      const gone = [invitation.userId, invitation.inviterId].some((id) => id !== null && !this.hasUser(id));
      if (gone) return 'no_user';
      if (this.rows.conflictOf(record) !== undefined) return 'pending';
      this.rows.insert(record);
      return 'created';
    });
  }

  findById(id: string): Promise<InvitationRecord | null> {
    return this.database.execute(() => this.rows.get(id) ?? null);
  }

  async findPending(place: InvitationPlace, invitee: string, now: Date): Promise<InvitationRecord | null> {
    const [found] = await this.matching(
      (row) =>
        isOpen(row, now) &&
        row.invitee === invitee &&
        row.organizationId === place.organizationId &&
        (place.organizationId !== null || row.purpose === place.purpose),
    );
    return found ?? null;
  }

  async listPending(invitees: readonly string[], now: Date): Promise<InvitationRecord[]> {
    const found = await this.matching((row) => isOpen(row, now) && invitees.includes(row.invitee));
    return found.sort(byAge).slice(0, MOST_PENDING);
  }

  list(
    listing: Listing<InvitationSortField>,
    { organizationId, inviterId, invitees, status, purpose }: InvitationFilter,
  ): Promise<Slice<InvitationRecord>> {
    const matches: Matches = (row) =>
      (organizationId === undefined || row.organizationId === organizationId) &&
      (inviterId === undefined || row.inviterId === inviterId) &&
      (!invitees || invitees.includes(row.invitee)) &&
      (status === undefined || row.status === status) &&
      (purpose === undefined || row.purpose === purpose);
    return this.database.execute(() =>
      paginate(this.rows.filter(matches), listing, {
        created_at: (row) => row.createdAt,
        expires_at: (row) => row.expiresAt,
        status: (row) => row.status,
        purpose: (row) => row.purpose,
      }),
    );
  }

  /** Transactions take turns here anyway. */
  lockPending(id: string, now: Date): Promise<InvitationRecord | null> {
    return this.database.execute(() => {
      const row = this.rows.get(id);
      return row && isOpen(row, now) ? row : null;
    });
  }

  settle(
    id: string,
    status: 'accepted' | 'declined' | 'revoked',
    now: Date,
  ): Promise<InvitationRecord | null> {
    return this.change(id, (row) => isOpen(row, now), { status, actedAt: now });
  }

  setAcceptedBy(id: string, userId: string): Promise<InvitationRecord | null> {
    return this.change(id, ({ status }) => status === 'accepted' && this.hasUser(userId), {
      acceptedBy: userId,
    });
  }

  renew(id: string, expiresAt: Date, now: Date): Promise<InvitationRecord | null> {
    return this.change(id, (row) => isOpen(row, now), { expiresAt, sentAt: now });
  }

  expireDue(now: Date, limit: number, invitee?: string): Promise<InvitationRecord[]> {
    return this.changeAll(
      (row) => row.expiresAt <= now && (invitee === undefined || row.invitee === invitee),
      { status: 'expired', actedAt: now },
      limit,
    );
  }

  revokeAll(
    { organizationId, inviterId, invitees, roles }: WithdrawalFilter,
    now: Date,
  ): Promise<InvitationRecord[]> {
    return this.changeAll(
      (row) =>
        (organizationId === undefined || row.organizationId === organizationId) &&
        (inviterId === undefined || row.inviterId === inviterId) &&
        (!invitees || invitees.includes(row.invitee)) &&
        (!roles || (row.role !== null && roles.includes(row.role))),
      { status: 'revoked', actedAt: now },
    );
  }

  async delete(id: string): Promise<boolean> {
    return (await this.removed((row) => row.id === id)).length > 0;
  }

  deleteByOrganization(organizationId: string): Promise<string[]> {
    return this.removed((row) => row.organizationId === organizationId);
  }

  deleteByInvitees(invitees: readonly string[]): Promise<string[]> {
    return this.removed((row) => invitees.includes(row.invitee));
  }

  async deleteActed(before: Date, limit: number): Promise<number> {
    return (await this.removed(({ actedAt }) => actedAt !== null && actedAt < before, limit)).length;
  }

  private hasUser(id: string): boolean {
    const user = this.database.rowOf('users', id);
    return user !== undefined && Reflect.get(user, 'deletedAt') === null;
  }

  private matching(matches: Matches): Promise<InvitationRecord[]> {
    return this.database.execute(() => this.rows.filter(matches));
  }

  private change(
    id: string,
    holds: Matches,
    changes: Partial<InvitationRecord>,
  ): Promise<InvitationRecord | null> {
    return this.database.execute(() => {
      const row = this.rows.get(id);
      return (row && holds(row) && this.rows.update(id, changes)) || null;
    });
  }

  private changeAll(
    matches: Matches,
    changes: Partial<InvitationRecord>,
    limit = Infinity,
  ): Promise<InvitationRecord[]> {
    return this.database.execute(() =>
      this.rows
        .filter((row) => row.status === 'pending' && matches(row))
        .slice(0, limit)
        .map((row) => this.rows.update(row.id, changes) ?? row),
    );
  }

  private removed(matches: Matches, limit = Infinity): Promise<string[]> {
    return this.database.execute(() =>
      this.rows
        .filter(matches)
        .slice(0, limit)
        .map(({ id }) => id)
        .filter((id) => this.rows.delete(id)),
    );
  }
}

function isOpen({ status, expiresAt }: InvitationRecord, now: Date): boolean {
  return status === 'pending' && expiresAt > now;
}

function byAge(one: InvitationRecord, other: InvitationRecord): number {
  return one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1);
}
