/** How an invitation stands. Everything but `pending` is final. */
export const INVITATION_STATUSES = ['pending', 'accepted', 'declined', 'revoked', 'expired'] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/** The roles an invitation into an organization can carry: its built-in ones. */
export type InvitedRole = 'owner' | 'admin' | 'member';

/** An invitation to the platform, or into an organization, bound to an email address or to an account. */
export interface InvitationRecord {
  readonly id: string;
  readonly realmId: string;
  /** `null`: to the platform. */
  readonly organizationId: string | null;
  /** In the organization; `null` without one. */
  readonly role: InvitedRole | null;
  /** What a host's platform invitation is for; `organization` for those into one. */
  readonly purpose: string;
  /** As it was written; `null` for one that is bound to an account. */
  readonly email: string | null;
  /** The account that it is bound to; `null` for one that is bound to an address. */
  readonly userId: string | null;
  /** What it is bound to, as it is compared: the `emailKey`, or the account's id. */
  readonly invitee: string;
  /** `null`: the system. */
  readonly inviterId: string | null;
  readonly status: InvitationStatus;
  /** Whatever the host wants to keep with it; never shown to the invited. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** BCP 47, of the message. */
  readonly locale: string | null;
  readonly expiresAt: Date;
  /** Of the latest message. */
  readonly sentAt: Date;
  readonly createdAt: Date;
  /** Who accepted it. */
  readonly acceptedBy: string | null;
  /** When it ceased to be pending. */
  readonly actedAt: Date | null;
}

export type NewInvitation = Omit<InvitationRecord, 'status' | 'acceptedBy' | 'actedAt'>;
