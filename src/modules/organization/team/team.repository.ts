import { defineListing, type Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import type { TeamMemberRecord, TeamRecord } from './team.js';

export const TEAM_LISTING = defineListing({ sortable: ['created_at', 'name'], defaultSort: 'created_at' });
export type TeamSortField = (typeof TEAM_LISTING)['defaultSort'];

export const TEAM_MEMBER_LISTING = defineListing({ sortable: ['created_at'], defaultSort: 'created_at' });

/** Teams, and who is in them: members of the organization alone, for as long as they are. */
export abstract class TeamRepository {
  /** `false` where the organization has the slug already. */
  abstract create(team: Omit<TeamRecord, 'updatedAt'>): Promise<boolean>;
  abstract find(organizationId: string, id: string): Promise<TeamRecord | null>;
  abstract list(organizationId: string, listing: Listing<TeamSortField>): Promise<Slice<TeamRecord>>;
  /** `conflict` where another team has the slug. */
  abstract update(
    organizationId: string,
    id: string,
    changes: { readonly name?: string; readonly slug?: string },
    now: Date,
  ): Promise<TeamRecord | 'conflict' | null>;
  abstract delete(organizationId: string, id: string): Promise<boolean>;
  /** One statement: `not_a_member` of the organization, or there `already`. */
  abstract addMember(place: TeamMemberRecord): Promise<'added' | 'already' | 'not_a_member'>;
  abstract removeMember(teamId: string, userId: string): Promise<boolean>;
  abstract listMembers(teamId: string, listing: Listing<'created_at'>): Promise<Slice<TeamMemberRecord>>;
}
