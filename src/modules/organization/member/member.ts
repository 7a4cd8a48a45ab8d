/** The built-in roles, highest first. */
export const MEMBER_ROLES = ['owner', 'admin', 'member'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Whether `role` is above `other`. */
export function outranks(role: MemberRole, other: MemberRole): boolean {
  return MEMBER_ROLES.indexOf(role) < MEMBER_ROLES.indexOf(other);
}

/** An account's place in an organization. */
export interface MemberRecord {
  readonly id: string;
  readonly realmId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: MemberRole;
  readonly joinedAt: Date;
  readonly updatedAt: Date | null;
}

export type NewMember = Omit<MemberRecord, 'updatedAt'>;

/** A membership with its organization, as a request's access is decided by it. */
export interface Membership {
  readonly organizationId: string;
  readonly slug: string;
  readonly name: string;
  readonly personal: boolean;
  readonly role: MemberRole;
  readonly joinedAt: Date;
}
