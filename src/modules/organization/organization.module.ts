import { type DynamicModule, Module } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { MemberPermissions } from './access/member-permissions.js';
import { OrganizationAccess } from './access/organization-access.js';
import { OrganizationClaims } from './access/organization-claims.js';
import { OrganizationLock } from './access/organization-lock.js';
import { OrganizationRoles } from './access/organization-roles.service.js';
import { OrganizationGuard } from './access/organization.guard.js';
import { OwnOrganizationGuard } from './access/own-organization.guard.js';
import {
  OrganizationMembersController,
  OrganizationMembershipController,
} from './http/member.controllers.js';
import { OrganizationsController } from './http/organizations.controller.js';
import { OwnMembershipsController } from './http/own-memberships.controller.js';
import { OrganizationRolesController } from './http/roles.controller.js';
import { OrganizationSwitchController } from './http/switch.controller.js';
import { OrganizationTeamsController } from './http/teams.controller.js';
import { OrganizationUserDeletion } from './lifecycle/organization-user-deletion.js';
import { SingleOrganization } from './lifecycle/single-organization.js';
import { UserNamesListener } from './lifecycle/user-names.listener.js';
import { MemberAdmission } from './member/member-admission.js';
import { MemberDeparture } from './member/member-departure.js';
import { MemberLimit } from './member/member-limit.js';
import { MembershipData } from './member/membership-data.js';
import { MembershipListing } from './member/membership-listing.service.js';
import { MembershipService } from './member/membership.service.js';
import { OrganizationAnnouncements } from './organization-announcements.js';
import {
  type OrganizationOptions,
  ResolvedOrganizationOptions,
  resolveOrganizationOptions,
} from './organization.options.js';
import { ORGANIZATION_REPOSITORIES } from './organization.repositories.js';
import { OrganizationFounding } from './organization/organization-founding.service.js';
import { OrganizationRemoval } from './organization/organization-removal.service.js';
import { OrganizationService } from './organization/organization.service.js';
import { OwnOrganizations } from './organization/own-organizations.service.js';
import { OrganizationSlugs } from './slug/organization-slugs.js';
import { SlugAvailability } from './slug/slug-availability.js';
import { TeamService } from './team/team.service.js';

export interface OrganizationModuleStructure {
  /** Which store stands behind the module; core's own. */
  readonly storage: StorageDefinition;
  readonly options?: OrganizationOptions;
}

/** What other modules and the host inject. */
const SERVICES = [
  MemberAdmission,
  MemberPermissions,
  MembershipListing,
  MembershipService,
  OrganizationAccess,
  OrganizationAnnouncements,
  OrganizationFounding,
  OrganizationGuard,
  OrganizationRemoval,
  OrganizationRoles,
  OrganizationService,
  OrganizationSlugs,
  OwnOrganizationGuard,
  OwnOrganizations,
  TeamService,
];

/** Organizations, their members and teams. Needs `RbacModule`. Global: guards of a host's routes find it. */
@Module({})
export class OrganizationModule {
  static forRoot({ storage, options }: OrganizationModuleStructure): DynamicModule {
    const repositories = storage.bind(ORGANIZATION_REPOSITORIES);
    const resolved = { provide: ResolvedOrganizationOptions, useValue: resolveOrganizationOptions(options) };
    return {
      module: OrganizationModule,
      global: true,
      controllers: [
        // Before the routes with an id in the same place.
        OwnMembershipsController,
        OrganizationSwitchController,
        OrganizationsController,
        OrganizationMembersController,
        OrganizationMembershipController,
        OrganizationTeamsController,
        OrganizationRolesController,
      ],
      providers: [
        ...repositories,
        resolved,
        ...SERVICES,
        MemberDeparture,
        MemberLimit,
        MembershipData,
        OrganizationLock,
        OrganizationClaims,
        OrganizationUserDeletion,
        SingleOrganization,
        SlugAvailability,
        UserNamesListener,
      ],
      exports: [
        ...SERVICES,
        ResolvedOrganizationOptions,
        ...repositories.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
      ],
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [rbac(), organization()] })`. */
export function organization(
  options?: OrganizationOptions,
): (structure: Pick<OrganizationModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => OrganizationModule.forRoot({ storage, options });
}
