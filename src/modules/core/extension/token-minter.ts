import { DiscoveryService } from '@nestjs/core';
import type { SessionFamilyRecord } from '../session/session.js';
import type { UserRecord } from '../user/user.js';

export interface MintRequest {
  readonly user: UserRecord;
  readonly family: SessionFamilyRecord;
  /** Id of the pair (`jti` of the refresh token). */
  readonly pairId: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly issuedAt: Date;
  readonly accessExpiresAt: Date;
  readonly refreshExpiresAt: Date;
}

export interface MintedPair {
  readonly accessToken: string;
  /** SHA-256 (hex) to store, where the access token is looked up; `null` where it proves itself. */
  readonly accessTokenHash: string | null;
  readonly refreshToken: string;
}

/** The one place where tokens are made. Session and stateless mode each bind one; exactly one is mounted. */
export abstract class TokenMinter {
  /** Names the mode in error messages. */
  abstract readonly mode: 'session' | 'stateless';
  abstract mint(request: MintRequest): MintedPair;
  /** Whether a presented refresh token has this mode's form and, where it is signed, its signature; without a query. */
  abstract acceptsRefreshToken(token: string): boolean;
}

/** Marks a provider as the `TokenMinter` of its mode. */
export const MintsTokens = DiscoveryService.createDecorator<true>();
