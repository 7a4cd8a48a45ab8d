/** An administrator behind an impersonated account. */
export interface PrincipalActor {
  /** The administrator's account. */
  readonly userId: string;
}

/** Who makes a request. Hosts add fields by declaration merging. */
export interface Principal {
  /** `user`: an account here. `external`: a token of an accepted third-party issuer. */
  readonly kind: 'user' | 'external';
  /** The account's id, or the subject at the third-party issuer. */
  readonly userId: string;
  /** The session (family) behind the credential; `null` where it has none. */
  readonly sessionId: string | null;
  /** When the user last proved who they are (`auth_time`). */
  readonly authenticatedAt: Date;
  /** By which methods (`amr`, RFC 8176), e.g. `pwd`, `otp`. */
  readonly methods: readonly string[];
  /** How sure that makes us (`acr`): `aal2` after two factors, else `aal1`. Absent where the credential does not say. */
  readonly acr?: string;
  readonly emailVerified: boolean;
  /**
   * Who really acts, where that is not the account itself: an administrator who impersonates it (`act`, RFC 8693 section 4.1). Such a principal changes no
   * credentials. Absent otherwise.
   */
  readonly actor?: PrincipalActor;
  /** Every claim of the credential, contributed ones included. */
  readonly claims: Readonly<Record<string, unknown>>;
}
