import { DiscoveryService } from '@nestjs/core';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { UserRecord } from '../user/user.js';

/** The right to one registration, held by the transaction that has asked for it. */
export interface RegistrationTicket {
  /** Says whose account it has become, in the same transaction. */
  use(user: UserRecord, client: ClientInfo): Promise<void>;
}

/**
 * Opens `invite_only` sign-up to single addresses. Asked for addresses that are proven alone (by a provider, a link): to whoever merely names an
 * address nothing is told about it.
 */
export abstract class RegistrationPass {
  /** Whether the owner of this address may sign up. Reads alone, and promises nothing. */
  abstract admits(email: string): Promise<boolean>;
  /** Takes the pass, in the transaction that is about to make the account; `null` where there is none, or somebody else has just taken it. */
  abstract take(email: string): Promise<RegistrationTicket | null>;
}

/** Marks a provider as a `RegistrationPass`. */
export const PassesRegistration = DiscoveryService.createDecorator<{ order: number }>();
