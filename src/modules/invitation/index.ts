export type { AcceptedInvitation } from './answer/acceptance.js';
export { InvitationSignUp, type InvitationSignUpRequest } from './answer/invitation-sign-up.js';
export { OwnInvitations } from './answer/own-invitations.js';
export type { InvitationData, OrganizationInvitationData } from './invitation-messages.js';
export { InvitationErrors } from './invitation.errors.js';
export {
  InvitationAccepted,
  type InvitationActor,
  InvitationCreated,
  InvitationDeclined,
  InvitationEvent,
  InvitationExpired,
  type InvitationFacts,
  InvitationResent,
  InvitationRevoked,
} from './invitation.events.js';
export { invitation, InvitationModule, type InvitationModuleStructure } from './invitation.module.js';
export { type InvitationOptions, isInvitationPurpose } from './invitation.options.js';
export { INVITATION_PERMISSIONS } from './invitation.permissions.js';
export { INVITATION_ENTITIES, INVITATION_REPOSITORIES } from './invitation.repositories.js';
export {
  INVITATION_STATUSES,
  type InvitationRecord,
  type InvitationStatus,
  type InvitedRole,
  type NewInvitation,
} from './invitation/invitation.js';
export {
  type InvitationFilter,
  type InvitationPlace,
  InvitationRepository,
  type InvitationSortField,
  type WithdrawalFilter,
} from './invitation/invitation.repository.js';
export {
  type OrganizationInvitationFilter,
  type OrganizationInvitationRequest,
  OrganizationInvitations,
} from './issue/organization-invitations.js';
export type { InviteeName } from './issue/invitees.js';
export {
  type PlatformInvitationFilter,
  type PlatformInvitationRequest,
  PlatformInvitations,
} from './issue/platform-invitations.js';
