import type { OutboxRecord } from './outbox.js';

export abstract class OutboxRepository {
  /** Joins the transaction of what it belongs to. */
  abstract add(message: OutboxRecord): Promise<void>;
  /** Claims due messages for `holdMs` (`FOR UPDATE SKIP LOCKED`): no two workers get the same. */
  abstract claim(limit: number, holdMs: number, now: Date): Promise<OutboxRecord[]>;
  /** Holds on to a message that is still worked at, if the claim is still the one of `attempts`. */
  abstract extend(id: string, attempts: number, claimedUntil: Date): Promise<void>;
  /** Marks as done and forgets the payload, if the claim is still the one of `attempts`. */
  abstract complete(id: string, attempts: number, now: Date): Promise<void>;
  abstract retry(id: string, attempts: number, availableAt: Date, error: string): Promise<void>;
  abstract fail(id: string, attempts: number, now: Date, error: string): Promise<void>;
  /** How many wait, and since when. */
  abstract backlog(now: Date): Promise<{ waiting: number; oldest: Date | null }>;
  abstract deleteDone(before: Date, limit: number): Promise<number>;
}
