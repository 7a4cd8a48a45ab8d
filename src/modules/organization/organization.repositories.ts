import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AuthOrganizationMember } from './member/auth-organization-member.entity.js';
import { InMemoryMemberRepository } from './member/in-memory-member.repository.js';
import { MemberRepository } from './member/member.repository.js';
import { TypeOrmMemberRepository } from './member/typeorm-member.repository.js';
import { AuthOrganization } from './organization/auth-organization.entity.js';
import { InMemoryOrganizationRepository } from './organization/in-memory-organization.repository.js';
import { OrganizationRepository } from './organization/organization.repository.js';
import { TypeOrmOrganizationRepository } from './organization/typeorm-organization.repository.js';
import { AuthSlug } from './slug/auth-slug.entity.js';
import { InMemorySlugRepository } from './slug/in-memory-slug.repository.js';
import { SlugRepository } from './slug/slug.repository.js';
import { TypeOrmSlugRepository } from './slug/typeorm-slug.repository.js';
import { AuthOrganizationTeamMember } from './team/auth-organization-team-member.entity.js';
import { AuthOrganizationTeam } from './team/auth-organization-team.entity.js';
import { InMemoryTeamRepository } from './team/in-memory-team.repository.js';
import { TeamRepository } from './team/team.repository.js';
import { TypeOrmTeamRepository } from './team/typeorm-team.repository.js';

/** The module's tables. */
export const ORGANIZATION_ENTITIES = [
  AuthOrganization,
  AuthOrganizationMember,
  AuthOrganizationTeam,
  AuthOrganizationTeamMember,
  AuthSlug,
];

/** The module's ports and what ships for each. */
export const ORGANIZATION_REPOSITORIES: readonly RepositoryBinding[] = [
  {
    port: OrganizationRepository,
    typeorm: TypeOrmOrganizationRepository,
    memory: InMemoryOrganizationRepository,
  },
  { port: MemberRepository, typeorm: TypeOrmMemberRepository, memory: InMemoryMemberRepository },
  { port: SlugRepository, typeorm: TypeOrmSlugRepository, memory: InMemorySlugRepository },
  { port: TeamRepository, typeorm: TypeOrmTeamRepository, memory: InMemoryTeamRepository },
];
