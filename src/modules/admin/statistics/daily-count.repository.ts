/** What is counted as it happens. */
export type DailyMetric = 'logins' | 'failed_logins';

export interface DailyCount {
  /** `2026-01-31`, in UTC. */
  readonly day: string;
  readonly metric: DailyMetric;
  readonly count: number;
}

/** Counts by day. Each method is one atomic statement. */
export abstract class DailyCountRepository {
  /** Adds to what is there; of one day and metric at most one. */
  abstract add(counts: readonly DailyCount[]): Promise<void>;
  /** That day and later, the oldest first. */
  abstract since(day: string): Promise<DailyCount[]>;
  /** Forgets days before that one; returns how many rows. */
  abstract deleteBefore(day: string, limit: number): Promise<number>;
}
