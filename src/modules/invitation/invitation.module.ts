import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { ResolvedCoreOptions } from '../core/index.js';
import { Acceptance } from './answer/acceptance.js';
import { Declining } from './answer/declining.js';
import { EntryAcceptance } from './answer/entry-acceptance.js';
import { InvitationAccounts } from './answer/invitation-accounts.js';
import { InvitationPageService } from './answer/invitation-page.service.js';
import { InvitationSignUp } from './answer/invitation-sign-up.js';
import { InvitationViews } from './answer/invitation-views.js';
import { InvitedAccounts } from './answer/invited-accounts.js';
import { OwnInvitations } from './answer/own-invitations.js';
import { InvitationLinksController } from './http/invitation-links.controller.js';
import { OrganizationInvitationsController } from './http/organization-invitations.controller.js';
import { OwnInvitationsController } from './http/own-invitations.controller.js';
import { PlatformInvitationsController } from './http/platform-invitations.controller.js';
import { InvitationMessages } from './invitation-messages.js';
import { InvitationPages } from './invitation-pages.js';
import {
  type InvitationOptions,
  resolveInvitationOptions,
  ResolvedInvitationOptions,
} from './invitation.options.js';
import { INVITATION_REPOSITORIES } from './invitation.repositories.js';
import { InvitationAnnouncements } from './issue/invitation-announcements.js';
import { InvitationIssue } from './issue/invitation-issue.js';
import { InvitationListing } from './issue/invitation-listing.js';
import { InvitationMailer } from './issue/invitation-mailer.js';
import { InvitationSecrets } from './issue/invitation-secrets.js';
import { Invitees } from './issue/invitees.js';
import { OrganizationInvitations } from './issue/organization-invitations.js';
import { OrganizationInviting } from './issue/organization-inviting.js';
import { PlatformInvitations } from './issue/platform-invitations.js';
import { InvitationData } from './issue/invitation-data.js';
import { InvitationExpiry } from './lifecycle/invitation-expiry.js';
import { InvitationExpiryTask } from './lifecycle/invitation-expiry.task.js';
import { InvitationPass } from './lifecycle/invitation-pass.js';
import { InvitationUserDeletion } from './lifecycle/invitation-user-deletion.js';
import { InvitationWithdrawal } from './lifecycle/invitation-withdrawal.js';
import { OrganizationInvitationListener } from './lifecycle/organization-invitation.listener.js';
import { InvitationScopes } from './scope/invitation-scopes.js';
import { Inviters } from './scope/inviters.js';
import { MountedOrganizationScope } from './scope/mounted-organization.scope.js';
import { NoOrganizationScope } from './scope/no-organization.scope.js';
import { OrganizationEntrance } from './scope/organization-entrance.js';
import { OrganizationInviters } from './scope/organization-inviters.js';
import { OrganizationScope } from './scope/organization.scope.js';
import { PlatformScope } from './scope/platform.scope.js';

export interface InvitationModuleStructure {
  /** Which store stands behind the module; core's own. */
  readonly storage: StorageDefinition;
  readonly options?: InvitationOptions;
}

/** What other modules and the host inject. */
const SERVICES = [InvitationSignUp, OwnInvitations, PlatformInvitations];

const PROVIDERS = [
  Acceptance,
  Declining,
  InvitationAccounts,
  InvitationAnnouncements,
  InvitationData,
  InvitationExpiry,
  InvitationExpiryTask,
  InvitationIssue,
  InvitationListing,
  InvitationMailer,
  InvitationMessages,
  InvitationPages,
  InvitationPageService,
  InvitationPass,
  InvitationScopes,
  InvitationSecrets,
  InvitationUserDeletion,
  InvitationViews,
  InvitationWithdrawal,
  InvitedAccounts,
  Invitees,
  Inviters,
  PlatformScope,
];

/** What joins invitations and organizations. */
const ORGANIZATIONS: readonly Provider[] = [
  { provide: OrganizationScope, useClass: MountedOrganizationScope },
  EntryAcceptance,
  OrganizationEntrance,
  OrganizationInvitationListener,
  OrganizationInvitations,
  OrganizationInviters,
  OrganizationInviting,
];
const NO_ORGANIZATIONS: readonly Provider[] = [{ provide: OrganizationScope, useClass: NoOrganizationScope }];

/** Invitations to the platform and into organizations, and registration by invitation. Needs `RbacModule`; `OrganizationModule` unless that is switched off. Global: a host's services find it. */
@Module({})
export class InvitationModule {
  static forRoot({ storage, options = {} }: InvitationModuleStructure): DynamicModule {
    const organizations = options.organizations ?? true;
    const repositories = storage.bind(INVITATION_REPOSITORIES);
    return {
      module: InvitationModule,
      global: true,
      // Those with words in the place of an id come first.
      controllers: [
        InvitationLinksController,
        OwnInvitationsController,
        PlatformInvitationsController,
        ...(organizations ? [OrganizationInvitationsController] : []),
      ],
      providers: [
        ...repositories,
        {
          provide: ResolvedInvitationOptions,
          inject: [ResolvedCoreOptions],
          useFactory: (core: ResolvedCoreOptions) => resolveInvitationOptions(options, core),
        },
        ...SERVICES,
        ...PROVIDERS,
        ...(organizations ? ORGANIZATIONS : NO_ORGANIZATIONS),
      ],
      exports: [
        ...SERVICES,
        ...(organizations ? [OrganizationInvitations] : []),
        ...repositories.map((provider) => (typeof provider === 'function' ? provider : provider.provide)),
      ],
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [rbac(), organization(), invitation()] })`. */
export function invitation(
  options?: InvitationOptions,
): (structure: Pick<InvitationModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => InvitationModule.forRoot({ storage, options });
}
