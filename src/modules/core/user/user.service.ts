import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { ProfileChanged, UsernameChanged } from '../core.events.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { TokenRepository } from '../token/token.repository.js';
import { parseEmailAddress } from './email-address.js';
import { parsePhoneNumber } from './phone-number.js';
import { writtenUser } from './unique-write.js';
import type { ProfileChanges, UniqueUserField, UserRecord } from './user.js';
import { UserRepository } from './user.repository.js';
import { isReservedUsername, parseUsername } from './username.js';

/** Addresses that wait for their proof. */
export interface PendingChanges {
  readonly email: string | null;
  readonly phoneNumber: string | null;
}

/** What is asked whether it is free; one of them. */
export interface AvailabilityQuestion {
  readonly username?: string;
  readonly email?: string;
  readonly phone_number?: string;
}

/** Reads accounts, and changes what needs no proof. */
@Injectable()
export class UserService {
  constructor(
    private readonly users: UserRepository,
    private readonly tokens: TokenRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** A living account. @throws core.user_not_found */
  async get(userId: string): Promise<UserRecord> {
    const user = await this.users.findById(userId);
    assertThat(user && user.deletedAt === null, CoreErrors.user_not_found);
    return user;
  }

  /** New addresses that the user has asked for and not confirmed yet. */
  async getPendingChanges(userId: string): Promise<PendingChanges> {
    const now = this.clock.now();
    const waiting = (await this.tokens.findByUserId(userId)).filter(
      ({ used, expiresAt }) => !used && expiresAt > now,
    );
    return {
      email: waiting.find(({ type }) => type === 'email_change')?.email ?? null,
      phoneNumber: waiting.find(({ type }) => type === 'phone_change')?.phoneNumber ?? null,
    };
  }

  /** Changes fields and, where one is given, the username, all or nothing. @throws core.username_taken, core.invalid_username, core.username_reserved */
  async updateProfile(
    userId: string,
    changes: ProfileChanges & { username?: string },
    client: ClientInfo,
  ): Promise<UserRecord> {
    const { username, ...profile } = changes;
    return this.transactions.run(async () => {
      const renamed =
        username === undefined ? await this.get(userId) : await this.changeUsername(userId, username, client);
      if (Object.values<unknown>(profile).every((value) => value === undefined)) return renamed;
      const user = await this.users.updateProfile(userId, profile);
      assertThat(user, CoreErrors.user_not_found);
      await this.events.emit(new ProfileChanged(userId, client, this.clock.now()));
      return user;
    });
  }

  /** @throws core.username_taken, core.invalid_username, core.username_reserved, core.user_not_found */
  async changeUsername(userId: string, username: string, client: ClientInfo): Promise<UserRecord> {
    return this.transactions.run(async () => {
      const current = await this.get(userId);
      if (current.username === username) return current;
      // Who has a reserved name, an administrator by bootstrap say, may change its case.
      const sameName = current.username?.toLowerCase() === username.toLowerCase();
      const parsed = parseUsername(username, sameName ? null : this.options.reservedUsernames);
      const user = writtenUser(await this.users.changeUsername(userId, parsed));
      await this.events.emit(new UsernameChanged(userId, client, this.clock.now()));
      return user;
    });
  }

  /**
   * Whether nobody has the name. For email addresses and phone numbers only where the host opted in, since the answer tells who has an account.
   * @throws core.validation_failed unless exactly one field that is answered for is given; core.invalid_username …
   */
  async isAvailable(question: AvailabilityQuestion): Promise<boolean> {
    const [field, ...others] = (['username', 'email', 'phone_number'] as const).filter(
      (name) => question[name] !== undefined,
    );
    assertThat(field && others.length === 0, GeneralErrors.validation_failed, {
      detail: 'Exactly one of username, email and phone_number is needed.',
    });
    assertThat(
      field === 'username' || this.options.availability.includes(field),
      GeneralErrors.validation_failed,
      {
        fields: [{ field, code: 'not_answered', message: `Availability is not answered for ${field}.` }],
      },
    );
    const value = this.parse(field, question[field] ?? '');
    if (field === 'username' && isReservedUsername(value, this.options.reservedUsernames)) return false;
    return this.users.isAvailable(field, value);
  }

  private parse(field: UniqueUserField, value: string): string {
    if (field === 'username') return parseUsername(value, null);
    return field === 'email' ? parseEmailAddress(value) : parsePhoneNumber(value);
  }
}
