import { DiscoveryService } from '@nestjs/core';

/** Something that an account may use, by a subscription say. */
export interface Entitlement {
  readonly name: string;
  /** It counts until then. @default for ever */
  readonly expiresAt?: Date | null;
  /** It counts no more from then on. @default never */
  readonly revokedAt?: Date | null;
  /** Where it comes from: a subscription, a campaign. */
  readonly source?: string | null;
  /** JSON that its owner may see: a limit, say. */
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

/**
 * Says what accounts are entitled to; the host brings it, and Castellan keeps none of it. Carries `@ProvidesEntitlements({ order })`. It is asked at login and
 * at each refresh, so it should be quick. Where something changes in between, call `ClaimsChanges.announce([userId])`.
 */
export abstract class EntitlementProvider {
  abstract entitlementsOf(userId: string): Promise<readonly Entitlement[]> | readonly Entitlement[];
}

/** Marks a provider as an `EntitlementProvider`; of two that name the same entitlement the later counts. */
export const ProvidesEntitlements = DiscoveryService.createDecorator<{ order: number }>();
