/** A group of accounts that own something together. */
export interface OrganizationRecord {
  readonly id: string;
  readonly realmId: string;
  readonly name: string;
  /** Its current address; former ones stay as aliases. */
  readonly slug: string;
  /** Who made it, or whom it was handed over to: always one of its owners. */
  readonly ownerId: string;
  readonly logoUrl: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly active: boolean;
  /** Made with its owner's account: neither renamed nor handed over, and gone with the account. */
  readonly personal: boolean;
  /** The most members; `null`: no limit but the module's option. */
  readonly memberLimit: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date | null;
}

export type NewOrganization = Omit<OrganizationRecord, 'updatedAt'>;

/** What its admins may change. */
export type OrganizationChanges = Partial<
  Pick<OrganizationRecord, 'name' | 'slug' | 'logoUrl' | 'metadata' | 'active' | 'memberLimit' | 'ownerId'>
>;
