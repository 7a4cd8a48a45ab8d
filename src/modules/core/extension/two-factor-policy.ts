import { DiscoveryService } from '@nestjs/core';
import type { UserRecord } from '../user/user.js';

/**
 * Lets a module or a host demand a second factor of single users: of administrators, of the members of an organization. Asked at each sign-in of the
 * module `two-factor`, once its own policy does not demand one. Implementations carry `@DemandsTwoFactor({ order })`.
 */
export abstract class TwoFactorPolicy {
  /** What it throws refuses the sign-in. */
  abstract isRequired(user: UserRecord): Promise<boolean> | boolean;
}

export const DemandsTwoFactor = DiscoveryService.createDecorator<{ order: number }>();
