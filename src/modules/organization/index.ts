export { MemberPermissions } from './access/member-permissions.js';
export { OrganizationAccess } from './access/organization-access.js';
export { OrganizationRoles } from './access/organization-roles.service.js';
export type { OrganizationSource } from './access/organization-source.js';
export { CurrentMembership, OrgPermissions, OrgRoles } from './access/organization.decorators.js';
export { OrganizationRoute } from './access/organization-route.decorator.js';
export { OrganizationGuard } from './access/organization.guard.js';
export { OwnOrganizationGuard } from './access/own-organization.guard.js';
export { ORGANIZATION_PERMISSIONS, type OrganizationPermission } from './access/role-permissions.js';
export { type Admission, MemberAdmission } from './member/member-admission.js';
export {
  MEMBER_ROLES,
  type MemberRecord,
  type MemberRole,
  type Membership,
  outranks,
} from './member/member.js';
export { MemberRepository, type MemberSortField } from './member/member.repository.js';
export { MembershipListing } from './member/membership-listing.service.js';
export { MembershipService } from './member/membership.service.js';
export { type Actor, OrganizationAnnouncements } from './organization-announcements.js';
export { OrganizationErrors } from './organization.errors.js';
export {
  OrganizationCreated,
  OrganizationDeleted,
  OrganizationEvent,
  OrganizationMemberAdded,
  OrganizationMemberEvent,
  OrganizationMemberRemoved,
  OrganizationMemberRoleChanged,
  OrganizationOwnershipTransferred,
  OrganizationTeamCreated,
  OrganizationTeamDeleted,
  OrganizationTeamEvent,
  OrganizationTeamUpdated,
  OrganizationUpdated,
} from './organization.events.js';
export { organization, OrganizationModule, type OrganizationModuleStructure } from './organization.module.js';
export { type OrganizationOptions, ResolvedOrganizationOptions } from './organization.options.js';
export { ORGANIZATION_ENTITIES, ORGANIZATION_REPOSITORIES } from './organization.repositories.js';
export { OrganizationFounding } from './organization/organization-founding.service.js';
export { OrganizationRemoval } from './organization/organization-removal.service.js';
export type { OrganizationRecord } from './organization/organization.js';
export {
  type OrganizationFilter,
  OrganizationRepository,
  type OrganizationSortField,
} from './organization/organization.repository.js';
export { OrganizationService } from './organization/organization.service.js';
export { OwnOrganizations } from './organization/own-organizations.service.js';
export { OrganizationSlugs } from './slug/organization-slugs.js';
export type { SlugRecord } from './slug/slug.js';
export { SlugRepository } from './slug/slug.repository.js';
export type { TeamMemberRecord, TeamRecord } from './team/team.js';
export { TeamRepository, type TeamSortField } from './team/team.repository.js';
export { TeamService } from './team/team.service.js';
