/** A sign-up whose address is not proven yet. Any number may wait for one address; each has its own secret and its own password. */
export interface PendingRegistrationRecord {
  readonly id: string;
  readonly realmId: string;
  readonly email: string | null;
  readonly phoneNumber: string | null;
  readonly username: string | null;
  readonly passwordHash: string;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly locale: string | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}
