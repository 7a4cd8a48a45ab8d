import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import { type Columns, columnList } from '../../../shared/persistence/columns.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuthOrganizationMember } from './auth-organization-member.entity.js';
import type { MemberRecord, MemberRole, Membership, NewMember } from './member.js';
import { MemberRepository, type MemberSortField } from './member.repository.js';

const COLUMNS: Columns<MemberRecord> = {
  id: 'id',
  realmId: 'realm_id',
  organizationId: 'organization_id',
  userId: 'user_id',
  role: 'role',
  joinedAt: 'joined_at',
  updatedAt: 'updated_at',
};
const RECORD = columnList(COLUMNS);
const TABLE = 'castellan.organization_members';
const SORT_COLUMNS: Readonly<Record<MemberSortField, string>> = {
  joined_at: 'member.joinedAt',
  role: 'member.role',
};

/** Holds the account's row: the deletion of the account waits, and then finds the membership. */
const ADD = `
  WITH living AS MATERIALIZED (
    SELECT id FROM castellan.users WHERE id = $4::uuid AND deleted_at IS NULL FOR SHARE
  ), made AS (
    INSERT INTO ${TABLE} (id, realm_id, organization_id, user_id, role, joined_at)
    SELECT $1::uuid, $2::uuid, $3::uuid, id, $5::varchar, $6::timestamptz FROM living
    ON CONFLICT (organization_id, user_id) DO NOTHING RETURNING id
  )
  SELECT EXISTS (SELECT FROM made) AS made, EXISTS (SELECT FROM living) AS living`;

const MEMBERSHIPS = `
  SELECT o.id AS "organizationId", o.slug, o.name, o.personal, m.role, m.joined_at AS "joinedAt"
  FROM ${TABLE} m JOIN castellan.organizations o ON o.id = m.organization_id
  WHERE m.user_id = $1 AND o.active AND ($2::uuid IS NULL OR m.organization_id = $2)
  ORDER BY m.joined_at, m.id`;

@Injectable()
export class TypeOrmMemberRepository extends TypeOrmRepository implements MemberRepository {
  async add(member: NewMember): Promise<'added' | 'already' | 'no_user'> {
    const { id, realmId, organizationId, userId, role, joinedAt } = member;
    const values = [id, realmId, organizationId, userId, role, joinedAt];
    const [row] = await this.context.query<{ made: boolean; living: boolean }>(ADD, values);
    if (row?.made) return 'added';
    return row?.living ? 'already' : 'no_user';
  }

  find(organizationId: string, userId: string): Promise<MemberRecord | null> {
    return this.one(`SELECT ${RECORD} FROM ${TABLE} WHERE organization_id = $1 AND user_id = $2`, [
      organizationId,
      userId,
    ]);
  }

  list(
    organizationId: string,
    listing: Listing<MemberSortField>,
    { role }: { readonly role?: MemberRole },
  ): Promise<Slice<MemberRecord>> {
    const rows = this.repository(AuthOrganizationMember)
      .createQueryBuilder('member')
      .where('member.organizationId = :organizationId', { organizationId });
    if (role !== undefined) rows.andWhere('member.role = :role', { role });
    return this.listed(rows, listing, SORT_COLUMNS, 'member.id');
  }

  membershipsOf(userId: string, organizationId?: string): Promise<Membership[]> {
    return this.context.statement<Membership>('memberships', MEMBERSHIPS, [userId, organizationId ?? null]);
  }

  setRole(organizationId: string, userId: string, role: MemberRole, now: Date): Promise<MemberRecord | null> {
    return this.one(
      `UPDATE ${TABLE} SET role = $3, updated_at = $4 WHERE organization_id = $1 AND user_id = $2 RETURNING ${RECORD}`,
      [organizationId, userId, role, now],
    );
  }

  remove(organizationId: string, userId: string): Promise<MemberRecord | null> {
    return this.one(`DELETE FROM ${TABLE} WHERE organization_id = $1 AND user_id = $2 RETURNING ${RECORD}`, [
      organizationId,
      userId,
    ]);
  }

  async count(organizationId: string, role?: MemberRole): Promise<number> {
    const [row] = await this.context.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${TABLE} WHERE organization_id = $1 AND ($2::text IS NULL OR role = $2)`,
      [organizationId, role ?? null],
    );
    return row?.count ?? 0;
  }

  async eldestOwner(organizationId: string, except: string): Promise<string | null> {
    const [row] = await this.context.query<{ userId: string }>(
      `SELECT user_id AS "userId" FROM ${TABLE} WHERE organization_id = $1 AND role = 'owner' AND user_id <> $2
       ORDER BY joined_at, id LIMIT 1`,
      [organizationId, except],
    );
    return row?.userId ?? null;
  }

  async organizationsOf(userId: string): Promise<string[]> {
    const rows = await this.context.query<{ organizationId: string }>(
      `SELECT organization_id AS "organizationId" FROM ${TABLE} WHERE user_id = $1 ORDER BY organization_id`,
      [userId],
    );
    return rows.map(({ organizationId }) => organizationId);
  }

  private async one(text: string, values: readonly unknown[]): Promise<MemberRecord | null> {
    const [row] = await this.context.query<MemberRecord>(text, values);
    return row ?? null;
  }
}
