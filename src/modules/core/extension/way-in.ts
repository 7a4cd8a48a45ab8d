import { DiscoveryService } from '@nestjs/core';
import type { UserRecord } from '../user/user.js';

/**
 * A way to sign in that a module brings (a magic link, a passkey), and that an account may have left when another one goes. Passwords are
 * core's own. Implementations carry `@OffersWayIn()`.
 */
export abstract class WayIn {
  /** Whether the user could sign in by it now, with nothing else; may run inside a transaction. */
  abstract isOpenTo(user: UserRecord): Promise<boolean> | boolean;
}

export const OffersWayIn = DiscoveryService.createDecorator<{ order: number }>();
