/** A device on which its user is not asked for the second factor, until it expires. */
export interface TrustedDeviceRecord {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  /** Hidden. SHA-256 (hex) of the token that the device keeps. */
  readonly token: string;
  /** As its user calls it. */
  readonly name: string | null;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

export type NewTrustedDevice = Omit<TrustedDeviceRecord, 'realmId' | 'lastUsedAt'>;
