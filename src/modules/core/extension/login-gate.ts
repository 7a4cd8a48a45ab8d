import { DiscoveryService } from '@nestjs/core';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { UserRecord } from '../user/user.js';

/** A sign-in that has passed its first proof and the AccountCheck, and has no tokens yet. */
export interface SignInAttempt {
  readonly user: UserRecord;
  /** Methods proven so far (`amr`, RFC 8176). */
  readonly methods: readonly string[];
  readonly client: ClientInfo;
}

/** What the user still has to show; becomes an entry of `challenges`. */
export interface LoginChallenge {
  readonly type: string;
  readonly methods: readonly string[];
  /** Methods that the user has to set up first, on the way in: there is none that could be shown. */
  readonly enrol?: readonly string[];
}

/** Lets a module ask for a challenge before tokens are issued, however the user came in. Implementations carry `@GatesLogin()`. */
export abstract class LoginGate {
  /** `null` lets the attempt pass. Called again after each completed challenge, with its methods added. */
  abstract evaluate(attempt: SignInAttempt): Promise<LoginChallenge | null>;
}

export const GatesLogin = DiscoveryService.createDecorator<{ order: number }>();
