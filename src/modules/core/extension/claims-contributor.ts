import { DiscoveryService } from '@nestjs/core';
import type { UserRecord } from '../user/user.js';

export interface ClaimsContext {
  readonly user: UserRecord;
  readonly sessionId: string;
  /** Claims of the pair that is being refreshed; `null` at login. */
  readonly previous: Readonly<Record<string, unknown>> | null;
  /** What the request asked for beyond the defaults (e.g. an organization). */
  readonly requested: Readonly<Record<string, unknown>>;
}

/**
 * Adds claims to every token that is minted, at login and at refresh. Registered claims (iss, sub, exp, sid, token_version …) cannot be overridden. A
 * contributor that throws refuses the refresh without consuming the token.
 */
export abstract class ClaimsContributor {
  abstract contribute(context: ClaimsContext): Promise<Record<string, unknown>> | Record<string, unknown>;
}

export const ContributesClaims = DiscoveryService.createDecorator<{ order: number }>();
