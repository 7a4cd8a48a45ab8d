import { Injectable } from '@nestjs/common';
import {
  Clock,
  emailKey,
  IdGenerator,
  type LockoutPolicy,
  type LoginIdentifier,
  type NewUser,
  type ReservedAttempt,
  TypeOrmContext,
  TypeOrmUserRepository,
  type UniqueUserField,
  type UniqueWrite,
  type UserRecord,
} from '../../../src/index.js';

interface LegacyUser {
  readonly email: string;
  readonly full_name: string | null;
  /** bcrypt of the old system; renewed by Castellan at the first sign-in. */
  readonly password_hash: string;
}

/**
 * One repository replaced: the shipped one, and behind it the table of the system that came before. An account that is asked for by its email address, and
 * is not here but there, moves over at that moment; its address is as good as taken before. Everything else is inherited.
 */
@Injectable()
export class LegacyUsersRepository extends TypeOrmUserRepository {
  constructor(
    context: TypeOrmContext,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {
    super(context);
  }

  override async create(user: NewUser): Promise<UniqueWrite> {
    if (user.email) await this.moveOver(emailKey(user.email));
    return super.create(user);
  }

  override async isAvailable(field: UniqueUserField, value: string): Promise<boolean> {
    if (field === 'email') await this.moveOver(emailKey(value));
    return super.isAvailable(field, value);
  }

  override async findByEmail(email: string): Promise<UserRecord | null> {
    return (
      (await super.findByEmail(email)) ??
      ((await this.moveOver(emailKey(email))) ? super.findByEmail(email) : null)
    );
  }

  override async reserveLoginAttempt(
    identifier: LoginIdentifier,
    policy: LockoutPolicy,
    now: Date,
  ): Promise<ReservedAttempt | null> {
    const known = await super.reserveLoginAttempt(identifier, policy, now);
    if (known || identifier.field !== 'email' || !(await this.moveOver(identifier.value))) return known;
    return super.reserveLoginAttempt(identifier, policy, now);
  }

  /** Whether the old system has the account. `create` decides who of several at once is the one that makes it here; for the others it is there then. */
  private async moveOver(key: string): Promise<boolean> {
    const [legacy] = await this.context.query<LegacyUser>(
      'SELECT email, full_name, password_hash FROM public.legacy_users WHERE lower(email) = $1',
      [key],
    );
    if (!legacy) return false;
    await super.create({
      id: this.ids.next(),
      email: legacy.email,
      name: legacy.full_name,
      passwordHash: legacy.password_hash,
      createdAt: this.clock.now(),
    });
    return true;
  }
}
