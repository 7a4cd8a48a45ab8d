import type { LockoutPolicy } from '../user/user.repository.js';

/** Failed password attempts on identifiers that no account has, so that they lock exactly as an account does. Keyed by an HMAC of the identifier. */
export abstract class LoginAttemptRepository {
  /** As `UserRepository.reserveLoginAttempt`: `lockedUntil` is set when the lock was there before this attempt. */
  abstract reserve(key: string, policy: LockoutPolicy, now: Date): Promise<{ lockedUntil: Date | null }>;
  /** Forgets what has not been counted on since `before`, but no lock that held then. */
  abstract deleteExpired(before: Date, limit: number): Promise<number>;
}
