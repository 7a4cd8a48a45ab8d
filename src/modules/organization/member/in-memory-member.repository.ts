import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate, type Slice } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryOrganizationTables } from '../in-memory-organization.tables.js';
import type { MemberRecord, MemberRole, Membership, NewMember } from './member.js';
import { MemberRepository, type MemberSortField } from './member.repository.js';

@Injectable()
export class InMemoryMemberRepository implements MemberRepository {
  private readonly tables: InMemoryOrganizationTables;

  constructor(private readonly database: InMemoryDatabase) {
    this.tables = InMemoryOrganizationTables.of(database);
  }

  add(member: NewMember): Promise<'added' | 'already' | 'no_user'> {
    return this.database.execute(() => {
      const record = { ...member, updatedAt: null };
      if (!this.lives(member.userId)) return 'no_user';
      if (this.tables.members.conflictOf(record) !== undefined) return 'already';
      this.tables.members.insert(record);
      return 'added';
    });
  }

  find(organizationId: string, userId: string): Promise<MemberRecord | null> {
    return this.database.execute(() => this.at(organizationId, userId) ?? null);
  }

  list(
    organizationId: string,
    listing: Listing<MemberSortField>,
    { role }: { readonly role?: MemberRole },
  ): Promise<Slice<MemberRecord>> {
    return this.database.execute(() =>
      paginate(
        this.of(organizationId).filter((member) => role === undefined || member.role === role),
        listing,
        { joined_at: (row) => row.joinedAt, role: (row) => row.role },
      ),
    );
  }

  membershipsOf(userId: string, organizationId?: string): Promise<Membership[]> {
    return this.database.execute(() =>
      this.tables.members
        .filter(
          (member) =>
            member.userId === userId &&
            (organizationId === undefined || member.organizationId === organizationId),
        )
        .sort(byAge)
        .flatMap(({ organizationId: id, role, joinedAt }) => {
          const organization = this.tables.organizations.get(id);
          if (!organization?.active) return [];
          const { slug, name, personal } = organization;
          return [{ organizationId: id, slug, name, personal, role, joinedAt }];
        }),
    );
  }

  setRole(organizationId: string, userId: string, role: MemberRole, now: Date): Promise<MemberRecord | null> {
    return this.database.execute(() => {
      const member = this.at(organizationId, userId);
      return (member && this.tables.members.update(member.id, { role, updatedAt: now })) ?? null;
    });
  }

  remove(organizationId: string, userId: string): Promise<MemberRecord | null> {
    return this.database.execute(() => {
      const member = this.at(organizationId, userId);
      if (!member) return null;
      const { members, teamMembers } = this.tables;
      for (const place of teamMembers.filter(
        (row) => row.organizationId === organizationId && row.userId === userId,
      ))
        teamMembers.delete(place.id);
      members.delete(member.id);
      return member;
    });
  }

  count(organizationId: string, role?: MemberRole): Promise<number> {
    return this.database.execute(
      () => this.of(organizationId).filter((member) => role === undefined || member.role === role).length,
    );
  }

  eldestOwner(organizationId: string, except: string): Promise<string | null> {
    return this.database.execute(
      () =>
        this.of(organizationId)
          .filter(({ role, userId }) => role === 'owner' && userId !== except)
          .sort(byAge)[0]?.userId ?? null,
    );
  }

  organizationsOf(userId: string): Promise<string[]> {
    return this.database.execute(() =>
      this.tables.members
        .filter((member) => member.userId === userId)
        .map(({ organizationId }) => organizationId)
        .sort(),
    );
  }

  private lives(userId: string): boolean {
    const user = this.database.rowOf('users', userId);
    return user !== undefined && Reflect.get(user, 'deletedAt') === null;
  }

  private of(organizationId: string): MemberRecord[] {
    return this.tables.members.filter((member) => member.organizationId === organizationId);
  }

  private at(organizationId: string, userId: string): MemberRecord | undefined {
    return this.tables.members.find(
      (member) => member.organizationId === organizationId && member.userId === userId,
    );
  }
}

function byAge(one: MemberRecord, other: MemberRecord): number {
  return one.joinedAt.getTime() - other.joinedAt.getTime() || (one.id < other.id ? -1 : 1);
}
