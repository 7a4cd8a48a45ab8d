import { Injectable } from '@nestjs/common';
import { Clock } from '../../../shared/time/clock.js';
import { AccountStatisticsRepository, type UserCounts } from '../../core/index.js';
import { DailyCountRepository } from './daily-count.repository.js';
import { LoginCounter } from './login-counter.js';

const DAY_MS = 24 * 60 * 60_000;
/** So often each node counts at most; the counts of a large store are not free. */
const FRESH_MS = 60_000;

export interface DayStatistics {
  /** `2026-01-31`, in UTC. */
  readonly day: string;
  readonly signUps: number;
  readonly logins: number;
  readonly failedLogins: number;
}

export interface Statistics {
  readonly asOf: Date;
  readonly users: UserCounts;
  readonly livingSessions: number;
  /** The oldest first; every day is there. */
  readonly days: readonly DayStatistics[];
}

/** Counts for administrators, a minute old at most. */
@Injectable()
export class StatisticsService {
  private readonly known = new Map<number, Promise<Statistics>>();
  private readonly counted = new Map<number, number>();

  constructor(
    private readonly accounts: AccountStatisticsRepository,
    private readonly counts: DailyCountRepository,
    private readonly logins: LoginCounter,
    private readonly clock: Clock,
  ) {}

  /** Of so many days, today included. */
  of(days: number): Promise<Statistics> {
    const now = this.clock.now().getTime();
    const known = this.known.get(days);
    if (known && now - (this.counted.get(days) ?? 0) < FRESH_MS) return known;
    const counting = this.count(days);
    this.known.set(days, counting);
    this.counted.set(days, now);
    counting.catch(() => this.known.delete(days));
    return counting;
  }

  private async count(days: number): Promise<Statistics> {
    await this.logins.flush();
    const asOf = this.clock.now();
    const first = new Date(dayOf(asOf.getTime() - (days - 1) * DAY_MS));
    const signUps = new Map((await this.accounts.signUpsSince(first)).map(({ day, count }) => [day, count]));
    const counted = new Map(
      (await this.counts.since(dayOf(first.getTime()))).map(({ day, metric, count }) => [
        `${day} ${metric}`,
        count,
      ]),
    );
    return {
      asOf,
      users: await this.accounts.users(asOf),
      livingSessions: await this.accounts.livingSessions(asOf),
      days: Array.from({ length: days }, (_, index) => {
        const day = dayOf(first.getTime() + index * DAY_MS);
        return {
          day,
          signUps: signUps.get(day) ?? 0,
          logins: counted.get(`${day} logins`) ?? 0,
          failedLogins: counted.get(`${day} failed_logins`) ?? 0,
        };
      }),
    };
  }
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
