/** How a second factor is shown: a code of an authenticator app, or one that is sent. */
export const TWO_FACTOR_METHODS = ['totp', 'sms', 'email'] as const;

export type TwoFactorMethod = (typeof TWO_FACTOR_METHODS)[number];

/** One method of a user. Before it is confirmed it opens nothing. */
export interface TwoFactorRecord {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  readonly method: TwoFactorMethod;
  /** Hidden. The TOTP secret, sealed by the KeyRing; `null` for methods that send codes. */
  readonly secret: string | null;
  /** Hidden. The secret of an enrolment that waits for its confirmation, beside one that is enabled or not. */
  readonly pendingSecret: string | null;
  readonly pendingAt: Date | null;
  /** E.164; where `sms` sends to. Apart from the account's own number. */
  readonly phoneNumber: string | null;
  /** Whether it is asked for. */
  readonly enabled: boolean;
  /** Whether a first code has shown that the user can give one; goes with `enabled`. */
  readonly verified: boolean;
  readonly confirmedAt: Date | null;
  /** The latest TOTP step that was accepted: neither it nor an earlier one is again (RFC 6238 section 5.2). */
  readonly lastUsedStep: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface PendingTotp {
  readonly id: string;
  readonly userId: string;
  readonly pendingSecret: string;
  readonly now: Date;
}

export interface ConfirmedTotp {
  readonly userId: string;
  /** What `begin` stored. */
  readonly pendingSecret: string;
  readonly step: number;
  /** An enrolment that began before is void. */
  readonly begunAfter: Date;
  readonly now: Date;
}

export interface ConfirmedAddress {
  readonly id: string;
  readonly userId: string;
  readonly method: 'sms' | 'email';
  readonly phoneNumber: string | null;
  readonly now: Date;
}
