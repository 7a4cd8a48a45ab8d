import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import { columnList } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuthInvitation } from './auth-invitation.entity.js';
import { INVITATION_COLUMNS } from './invitation.columns.js';
import type { InvitationRecord, NewInvitation } from './invitation.js';
import {
  type InvitationFilter,
  type InvitationPlace,
  InvitationRepository,
  type InvitationSortField,
  type WithdrawalFilter,
} from './invitation.repository.js';

const TABLE = 'castellan.invitations';
const RECORD = columnList(INVITATION_COLUMNS);
const SORT_COLUMNS: Readonly<Record<InvitationSortField, string>> = {
  created_at: 'invitation.createdAt',
  expires_at: 'invitation.expiresAt',
  status: 'invitation.status',
  purpose: 'invitation.purpose',
};
const MOST_PENDING = 100;

/** Holds the rows of the accounts that it names: none of them goes before the invitation is there, and takes it along from then on. */
const CREATE = `
  WITH living AS MATERIALIZED (
    SELECT id FROM castellan.users WHERE id IN ($7::uuid, $8::uuid) AND deleted_at IS NULL ORDER BY id FOR SHARE
  ), made AS (
    INSERT INTO ${TABLE} (id, realm_id, organization_id, role, purpose, email, user_id, inviter_id, invitee, metadata, locale,
      expires_at, sent_at, created_at)
    SELECT $1::uuid, $2::uuid, $3::uuid, $4::varchar, $5::varchar, $6::varchar, $7::uuid, $8::uuid, $9::varchar, $10::jsonb,
      $11::varchar, $12::timestamptz, $13::timestamptz, $14::timestamptz
    WHERE ($7::uuid IS NULL OR $7 IN (SELECT id FROM living)) AND ($8::uuid IS NULL OR $8 IN (SELECT id FROM living))
    ON CONFLICT DO NOTHING RETURNING id
  )
  SELECT EXISTS (SELECT FROM made) AS made,
    ($7::uuid IS NULL OR $7 IN (SELECT id FROM living)) AND ($8::uuid IS NULL OR $8 IN (SELECT id FROM living)) AS living`;

@Injectable()
export class TypeOrmInvitationRepository extends TypeOrmRepository implements InvitationRepository {
  async create(invitation: NewInvitation): Promise<'created' | 'pending' | 'no_user'> {
    const { id, realmId, organizationId, role, purpose, email, userId, inviterId } = invitation;
    const { invitee, metadata, locale, expiresAt, sentAt, createdAt } = invitation;
    const [row] = await this.context.query<{ made: boolean; living: boolean }>(CREATE, [
      ...[id, realmId, organizationId, role, purpose, email, userId, inviterId, invitee],
      ...[JSON.stringify(metadata), locale, expiresAt, sentAt, createdAt],
    ]);
    if (row?.made) return 'created';
    return row?.living ? 'pending' : 'no_user';
  }

  findById(id: string): Promise<InvitationRecord | null> {
    return this.one(`SELECT ${RECORD} FROM ${TABLE} WHERE id = $1`, [id]);
  }

  findPending(place: InvitationPlace, invitee: string, now: Date): Promise<InvitationRecord | null> {
    const pending = `SELECT ${RECORD} FROM ${TABLE} WHERE status = 'pending' AND invitee = $1 AND expires_at > $2`;
    return place.organizationId === null
      ? this.one(`${pending} AND organization_id IS NULL AND realm_id = $3 AND purpose = $4`, [
          invitee,
          now,
          DEFAULT_REALM_ID,
          place.purpose,
        ])
      : this.one(`${pending} AND organization_id = $3`, [invitee, now, place.organizationId]);
  }

  listPending(invitees: readonly string[], now: Date): Promise<InvitationRecord[]> {
    return this.context.query<InvitationRecord>(
      `SELECT ${RECORD} FROM ${TABLE} WHERE realm_id = $1 AND invitee = ANY($2::varchar[]) AND status = 'pending' AND expires_at > $3
       ORDER BY created_at, id LIMIT ${MOST_PENDING}`,
      [DEFAULT_REALM_ID, [...invitees], now],
    );
  }

  list(
    listing: Listing<InvitationSortField>,
    { organizationId, inviterId, invitees, status, purpose }: InvitationFilter,
  ): Promise<Slice<InvitationRecord>> {
    const rows = this.repository(AuthInvitation)
      .createQueryBuilder('invitation')
      .where('invitation.realmId = :realm', { realm: DEFAULT_REALM_ID });
    if (organizationId === null) rows.andWhere('invitation.organizationId IS NULL');
    else if (organizationId !== undefined)
      rows.andWhere('invitation.organizationId = :organizationId', { organizationId });
    if (inviterId !== undefined) rows.andWhere('invitation.inviterId = :inviterId', { inviterId });
    if (invitees) rows.andWhere('invitation.invitee = ANY(:invitees)', { invitees: [...invitees] });
    if (status !== undefined) rows.andWhere('invitation.status = :status', { status });
    if (purpose !== undefined) rows.andWhere('invitation.purpose = :purpose', { purpose });
    return this.listed(rows, listing, SORT_COLUMNS, 'invitation.id');
  }

  lockPending(id: string, now: Date): Promise<InvitationRecord | null> {
    return this.one(
      `SELECT ${RECORD} FROM ${TABLE} WHERE id = $1 AND status = 'pending' AND expires_at > $2 FOR UPDATE`,
      [id, now],
    );
  }

  settle(
    id: string,
    status: 'accepted' | 'declined' | 'revoked',
    now: Date,
  ): Promise<InvitationRecord | null> {
    return this.one(
      `UPDATE ${TABLE} SET status = $2, acted_at = $3 WHERE id = $1 AND status = 'pending' AND expires_at > $3 RETURNING ${RECORD}`,
      [id, status, now],
    );
  }

  setAcceptedBy(id: string, userId: string): Promise<InvitationRecord | null> {
    return this.one(
      `WITH living AS MATERIALIZED (SELECT id FROM castellan.users WHERE id = $2 AND deleted_at IS NULL FOR SHARE)
       UPDATE ${TABLE} SET accepted_by = $2
       WHERE id = $1 AND status = 'accepted' AND EXISTS (SELECT FROM living) RETURNING ${RECORD}`,
      [id, userId],
    );
  }

  renew(id: string, expiresAt: Date, now: Date): Promise<InvitationRecord | null> {
    return this.one(
      `UPDATE ${TABLE} SET expires_at = $2, sent_at = $3 WHERE id = $1 AND status = 'pending' AND expires_at > $3 RETURNING ${RECORD}`,
      [id, expiresAt, now],
    );
  }

  expireDue(now: Date, limit: number, invitee?: string): Promise<InvitationRecord[]> {
    return this.context.query<InvitationRecord>(
      `UPDATE ${TABLE} SET status = 'expired', acted_at = $1 WHERE id IN (
         SELECT id FROM ${TABLE} WHERE status = 'pending' AND expires_at <= $1 AND ($3::varchar IS NULL OR invitee = $3)
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ) RETURNING ${RECORD}`,
      [now, limit, invitee ?? null],
    );
  }

  revokeAll(filter: WithdrawalFilter, now: Date): Promise<InvitationRecord[]> {
    const values: unknown[] = [now];
    const conditions = conditionsOf(filter).map(([condition, value]) => {
      values.push(value);
      return condition.replace('?', `$${values.length}`);
    });
    return this.context.query<InvitationRecord>(
      `UPDATE ${TABLE} SET status = 'revoked', acted_at = $1
       WHERE ${["status = 'pending'", ...conditions].join(' AND ')} RETURNING ${RECORD}`,
      values,
    );
  }

  async delete(id: string): Promise<boolean> {
    return (await this.removed('id = $1', [id])).length > 0;
  }

  deleteByOrganization(organizationId: string): Promise<string[]> {
    return this.removed('organization_id = $1', [organizationId]);
  }

  deleteByInvitees(invitees: readonly string[]): Promise<string[]> {
    return this.removed('realm_id = $1 AND invitee = ANY($2::varchar[])', [DEFAULT_REALM_ID, [...invitees]]);
  }

  async deleteActed(before: Date, limit: number): Promise<number> {
    const text = `id IN (SELECT id FROM ${TABLE} WHERE acted_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`;
    return (await this.removed(text, [before, limit])).length;
  }

  private async removed(condition: string, values: readonly unknown[]): Promise<string[]> {
    const text = `DELETE FROM ${TABLE} WHERE ${condition} RETURNING id`;
    return (await this.context.query<{ id: string }>(text, values)).map(({ id }) => id);
  }

  private async one(text: string, values: readonly unknown[]): Promise<InvitationRecord | null> {
    const [row] = await this.context.query<InvitationRecord>(text, values);
    return row ?? null;
  }
}

function conditionsOf({
  organizationId,
  inviterId,
  invitees,
  roles,
}: WithdrawalFilter): (readonly [string, unknown])[] {
  return [
    ...(organizationId === undefined ? [] : [['organization_id = ?', organizationId] as const]),
    ...(inviterId === undefined ? [] : [['inviter_id = ?', inviterId] as const]),
    ...(invitees ? [['invitee = ANY(?::varchar[])', [...invitees]] as const] : []),
    ...(roles ? [['role = ANY(?::varchar[])', [...roles]] as const] : []),
  ];
}
