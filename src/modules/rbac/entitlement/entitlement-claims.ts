import { Injectable, Logger } from '@nestjs/common';
import { type ClaimsContext, ClaimsContributor, ContributesClaims } from '../../core/index.js';
import type { Entitlement } from './entitlement-provider.js';
import { Entitlements } from './entitlements.js';

/**
 * `entitlements`, by name, where the host provides any; and, as NumericDate, when those end that do (`entitlement_ends`), which may be before the token does.
 * A provider that fails keeps nobody from signing in.
 */
@Injectable()
@ContributesClaims({ order: 900 })
export class EntitlementClaims extends ClaimsContributor {
  private readonly logger = new Logger(EntitlementClaims.name);

  constructor(private readonly entitlements: Entitlements) {
    super();
  }

  override async contribute({ user, previous }: ClaimsContext): Promise<Record<string, unknown>> {
    if (!this.entitlements.provided) return {};
    try {
      return claimsOf(await this.entitlements.of(user.id));
    } catch (error) {
      const cause: unknown = error instanceof Error ? error.cause : error;
      this.logger.warn(
        `Entitlements are not to be had: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
      // At a refresh, those from before; at a login none, and routes that need one ask again.
      const { entitlements, entitlement_ends } = previous ?? {};
      return { entitlements, entitlement_ends };
    }
  }
}

function claimsOf(entitlements: readonly Entitlement[]): Record<string, unknown> {
  const ends = entitlements.flatMap(({ name, expiresAt, revokedAt }) => {
    const instants = [expiresAt, revokedAt].flatMap((end) => (end ? [end.getTime()] : []));
    return instants.length === 0 ? [] : [[name, Math.floor(Math.min(...instants) / 1000)] as const];
  });
  return {
    entitlements: entitlements.map(({ name }) => name),
    ...(ends.length === 0 ? {} : { entitlement_ends: Object.fromEntries(ends) }),
  };
}
