/** A named part of an organization's members. */
export interface TeamRecord {
  readonly id: string;
  readonly realmId: string;
  readonly organizationId: string;
  readonly name: string;
  /** Unique in the organization. */
  readonly slug: string;
  readonly createdAt: Date;
  readonly updatedAt: Date | null;
}

export interface TeamMemberRecord {
  readonly id: string;
  readonly teamId: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly createdAt: Date;
}
