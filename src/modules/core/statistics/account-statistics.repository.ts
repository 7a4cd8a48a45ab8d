/** How many accounts are in which state. An account may be in several. */
export interface UserCounts {
  /** Those that are not deleted. */
  readonly living: number;
  readonly deleted: number;
  /** A ban is in force. */
  readonly banned: number;
  readonly inactive: number;
  /** The email address is not proven, or there is none. */
  readonly unverified: number;
  readonly superAdmins: number;
}

export interface DayCount {
  /** `2026-01-31`, in UTC. */
  readonly day: string;
  readonly count: number;
}

/** Counts for administrators. Each is one statement that reads an index and no table. */
export abstract class AccountStatisticsRepository {
  abstract users(now: Date): Promise<UserCounts>;
  /** Accounts made at that moment or later, deleted ones too, by day; days without any are left out. */
  abstract signUpsSince(from: Date): Promise<DayCount[]>;
  abstract livingSessions(now: Date): Promise<number>;
}
