import type { LoginChallenge } from '../extension/login-gate.js';
import type { MintedPair } from '../extension/token-minter.js';
import type { UserRecord } from '../user/user.js';

/** A pair of tokens with its times. */
export interface IssuedPair {
  readonly sessionId: string;
  readonly pair: Pick<MintedPair, 'accessToken' | 'refreshToken'>;
  readonly issuedAt: Date;
  readonly accessExpiresAt: Date;
  readonly refreshExpiresAt: Date;
}

export interface Authenticated extends IssuedPair {
  readonly status: 'authenticated';
  readonly user: UserRecord;
}

export interface ChallengeRequired {
  readonly status: 'challenge_required';
  /** Opens nothing but the completion of the challenge. */
  readonly challengeToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly challenges: readonly LoginChallenge[];
}

export type SignInResult = Authenticated | ChallengeRequired;

/** What a user has shown so far, and asked for. */
export interface SignInProof {
  /**
   * Methods (`amr`, RFC 8176): `pwd`; `email` or `sms` for what was sent there. `mfa` only where two factors were shown, since it passes the gate of the
   * second.
   */
  readonly methods: readonly string[];
  /** What the request asked for beyond the defaults; handed to the claims contributors. */
  readonly requested?: Readonly<Record<string, unknown>>;
  /** What the session is called in lists. */
  readonly deviceName?: string | null;
}

/** A sign-in that waits for the completion of its challenge. */
export interface PendingSignIn {
  readonly user: UserRecord;
  readonly methods: readonly string[];
  readonly challenges: readonly LoginChallenge[];
}
