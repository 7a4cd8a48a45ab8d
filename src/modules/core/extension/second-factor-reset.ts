import { DiscoveryService } from '@nestjs/core';
import type { ClientInfo } from '../../../shared/http/client-info.js';

/** Who takes the factors of an account away, and why. */
export interface ResetOrder {
  /** An account's id; `null` for the system. */
  readonly actorId: string | null;
  readonly reason: string;
}

/**
 * Takes away whatever a module asks of an account as a second factor (an authenticator app, passkeys), for whoever has lost all of it. The caller has the
 * right to; implementations ask for none, tell the user, and emit an event that says who did it. They carry `@ResetsSecondFactor({ order })`.
 */
export abstract class SecondFactorReset {
  /** Joins the transaction. Nothing happens where there is nothing. */
  abstract reset(userId: string, order: ResetOrder, client: ClientInfo): Promise<void>;
}

export const ResetsSecondFactor = DiscoveryService.createDecorator<{ order: number }>();
