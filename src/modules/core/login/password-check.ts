import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { AccountLocked, LoginFailed } from '../core.events.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { type HashReservation, PasswordHasher } from '../password/password-hasher.js';
import { LoginAttemptRepository } from '../token/login-attempt.repository.js';
import type { LoginIdentifier, UserRecord } from '../user/user.js';
import { type ReservedAttempt, UserRepository } from '../user/user.repository.js';

/** Purpose of the HMAC under which unknown identifiers are counted. */
const IDENTIFIER_HMAC = 'login_identifier';

/**
 * Compares a password with an account's. A place in the hash queue comes first, so that no attempt is counted that nobody had the time to check; then
 * the attempt is counted, in one statement and before it is checked, so that a burst gets no more guesses than the limit. An account that does not
 * exist costs the same time and gives the same answers.
 */
/** As `amr` has it (RFC 8176). */
const PASSWORD = 'pwd';

@Injectable()
export class PasswordCheck {
  constructor(
    private readonly users: UserRepository,
    private readonly attempts: LoginAttemptRepository,
    private readonly hasher: PasswordHasher,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * The account that the password belongs to. The attempt stays counted until a session starts, or `clearLoginAttempts`.
   * @throws core.hashing_busy, core.locked, core.invalid_credentials
   */
  byIdentifier(identifier: LoginIdentifier, password: string, client: ClientInfo): Promise<UserRecord> {
    return this.withPlace(async (place) => {
      const attempt = await this.users.reserveLoginAttempt(
        identifier,
        this.options.lockout,
        this.clock.now(),
      );
      // Counted for a locked account too, and never read there: its refusal takes the two statements that an unknown one's takes.
      const unknown = !attempt || attempt.locked ? await this.countUnknown(identifier) : null;
      const lockedUntil = attempt ? lockOf(attempt) : (unknown?.lockedUntil ?? null);
      return this.decide(attempt, lockedUntil, password, place, client);
    });
  }

  /**
   * The same for somebody who is signed in; counted like a login, and forgotten when the password is right. An account without a password has none
   * that is right.
   * @throws core.hashing_busy, core.locked, core.invalid_credentials
   */
  async forUser(userId: string, password: string, client: ClientInfo): Promise<UserRecord> {
    const user = await this.withPlace(async (place) => {
      const attempt = await this.users.reserveAttemptById(userId, this.options.lockout, this.clock.now());
      return this.decide(attempt, attempt && lockOf(attempt), password, place, client);
    });
    await this.users.clearLoginAttempts(user.id);
    return user;
  }

  private async decide(
    attempt: ReservedAttempt | null,
    lockedUntil: Date | null,
    password: string,
    place: HashReservation,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const now = this.clock.now();
    const user = attempt?.user ?? null;
    if (lockedUntil) {
      await this.events.emit(new LoginFailed(user?.id ?? null, 'locked', client, now, PASSWORD));
      throw new AuthError(CoreErrors.locked, { retryAfterSeconds: secondsUntil(lockedUntil, now) });
    }
    const matches = await this.matches(place, password, user?.passwordHash ?? null);
    if (!user || !matches) {
      await this.tellFailure(user, client);
      throw new AuthError(CoreErrors.invalid_credentials);
    }
    await this.renewHash(place, user, password);
    return user;
  }

  private matches(place: HashReservation, password: string, stored: string | null): Promise<boolean> {
    // A hash that cannot be read would be refused at once, and tell that the account exists.
    return stored !== null && this.hasher.isSupported(stored)
      ? place.verify(password, stored)
      : place.verifyDummy(password);
  }

  private async tellFailure(user: UserRecord | null, client: ClientInfo): Promise<void> {
    const now = this.clock.now();
    await this.events.emit(new LoginFailed(user?.id ?? null, 'invalid_credentials', client, now, PASSWORD));
    if (user?.lockedUntil && user.lockedUntil > now)
      await this.events.emit(new AccountLocked(user.id, client, now));
  }

  private async renewHash(place: HashReservation, user: UserRecord, password: string): Promise<void> {
    if (user.passwordHash === null || !this.hasher.needsRehash(user.passwordHash)) return;
    await this.users.rehashPassword(user.id, user.passwordHash, await place.hash(password));
  }

  private countUnknown({ field, value }: LoginIdentifier): Promise<{ lockedUntil: Date | null }> {
    const key = this.options.secrets.hmac(IDENTIFIER_HMAC, `${field}:${value}`);
    return this.attempts.reserve(key, this.options.lockout, this.clock.now());
  }

  private async withPlace<T>(work: (place: HashReservation) => Promise<T>): Promise<T> {
    const place = this.hasher.reserve();
    try {
      return await work(place);
    } finally {
      place.release();
    }
  }
}

function lockOf({ locked, user }: ReservedAttempt): Date | null {
  // A store that says locked and not how long is believed all the same.
  return locked ? (user.lockedUntil ?? new Date(0)) : null;
}

function secondsUntil(instant: Date, now: Date): number {
  return Math.max(1, Math.ceil((instant.getTime() - now.getTime()) / 1000));
}
