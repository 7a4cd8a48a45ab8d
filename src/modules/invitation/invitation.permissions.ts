/** What the platform's own routes of this module ask for. Those of organizations ask for the organization's permissions of the same kind. */
export const INVITATION_PERMISSIONS = {
  read: 'invitations:read',
  /** Inviting, and sending again. */
  create: 'invitations:create',
  revoke: 'invitations:revoke',
} as const;
