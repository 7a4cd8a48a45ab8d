import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { Clock } from '../../../shared/time/clock.js';
import { discovered, type Principal } from '../../core/index.js';
import { type Entitlement, EntitlementProvider, ProvidesEntitlements } from './entitlement-provider.js';

/** What the host's providers say, together. */
@Injectable()
export class Entitlements {
  private providers: readonly EntitlementProvider[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
  ) {}

  /** Whether anybody provides entitlements at all. */
  get provided(): boolean {
    return this.all().length > 0;
  }

  /** Those that count now, by name. @throws core.unavailable where a provider fails */
  async of(userId: string): Promise<Entitlement[]> {
    const byName = new Map<string, Entitlement>();
    try {
      for (const provider of this.all())
        for (const entitlement of await provider.entitlementsOf(userId))
          if (this.counts(entitlement)) byName.set(entitlement.name, entitlement);
    } catch (cause) {
      throw new AuthError(GeneralErrors.unavailable, { cause });
    }
    return [...byName.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** As the claims have them; where those say nothing, as they are now. Principals of third-party issuers have none. */
  async namesOf({ kind, userId, claims }: Principal): Promise<string[]> {
    if (kind !== 'user' || !this.provided) return [];
    const { entitlements: names, entitlement_ends: ends } = claims;
    if (!Array.isArray(names)) return (await this.of(userId)).map(({ name }) => name);
    return names.filter((name) => typeof name === 'string').filter((name) => !this.hasEnded(name, ends));
  }

  private counts({ expiresAt, revokedAt }: Entitlement): boolean {
    const now = this.clock.now();
    return [expiresAt, revokedAt].every((end) => !end || end > now);
  }

  private hasEnded(name: string, ends: unknown): boolean {
    const end: unknown =
      typeof ends === 'object' && ends !== null && Object.hasOwn(ends, name) ? Reflect.get(ends, name) : null;
    return typeof end === 'number' && end * 1000 <= this.clock.now().getTime();
  }

  private all(): readonly EntitlementProvider[] {
    return (this.providers ??= discovered(this.discovery, ProvidesEntitlements, EntitlementProvider));
  }
}
