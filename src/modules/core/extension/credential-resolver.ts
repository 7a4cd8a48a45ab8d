import { DiscoveryService } from '@nestjs/core';
import type { Principal } from './principal.js';

/** A credential as it came in. */
export interface Credential {
  readonly transport: 'bearer' | 'cookie';
  readonly token: string;
}

/**
 * What a resolver makes of a credential: not its kind; a principal; or refused, which ends the search. It never throws for a bad credential; what it
 * throws (storage down) refuses the request with that error.
 */
export type Resolution =
  | { readonly outcome: 'not_mine' }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'resolved'; readonly principal: Principal };

/** Turns credentials of one kind into a principal. Implementations carry `@ResolvesCredentials({ order })`; the first conclusive answer counts. */
export abstract class CredentialResolver {
  abstract resolve(credential: Credential): Promise<Resolution> | Resolution;
}

/** Marks a provider as a `CredentialResolver`; lower `order` is asked first. */
export const ResolvesCredentials = DiscoveryService.createDecorator<{ order: number }>();
