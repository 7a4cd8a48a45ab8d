import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  AccountStatisticsRepository,
  UserAdministrationRepository,
  type UserRecord,
} from '../../core/index.js';
import { UsersDumped } from '../admin.events.js';
import type { ImportField } from './import-record.js';

/** Accounts of one page. */
const PAGE = 500;

/** One account as `UserImport` reads it; what it does not have is left out. */
export type DumpedUser = Readonly<Partial<Record<ImportField, string | boolean>>>;

/**
 * Every living account in the form that `UserImport` takes, with its password hash: to move to another system, or into another database. Page by page, so that it costs no
 * memory however many there are; what is made or changed meanwhile may be in it or not. It is on record before the first account is read.
 */
@Injectable()
export class UserDump {
  constructor(
    private readonly users: UserAdministrationRepository,
    private readonly statistics: AccountStatisticsRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** How many there are now, to show how far it is. */
  async count(): Promise<number> {
    return (await this.statistics.users(this.clock.now())).living;
  }

  async *records(): AsyncGenerator<DumpedUser> {
    await this.events.emit(new UsersDumped(SYSTEM_CLIENT, this.clock.now()));
    let page: UserRecord[];
    let last: string | null = null;
    do {
      page = await this.users.livingAfter(last, PAGE);
      for (const user of page) yield this.dumped(user);
      last = page.at(-1)?.id ?? last;
    } while (page.length === PAGE);
  }

  /** The form knows no bans: whoever is banned is not active. */
  private dumped(user: UserRecord): DumpedUser {
    const banned =
      user.bannedAt !== null && (user.bannedUntil === null || user.bannedUntil > this.clock.now());
    const record: Record<ImportField, string | boolean | null> = {
      email: user.email,
      email_verified: user.email === null ? null : user.emailVerified,
      username: user.username,
      phone_number: user.phoneNumber,
      phone_number_verified: user.phoneNumber === null ? null : user.phoneNumberVerified,
      password_hash: user.passwordHash,
      name: user.name,
      first_name: user.firstName,
      last_name: user.lastName,
      avatar: user.avatar,
      biography: user.biography,
      locale: user.locale,
      active: user.active && !banned,
      created_at: user.createdAt.toISOString(),
    };
    return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
  }
}
