/**
 * Counters of guesses: of codes by (purpose, subject), and of passwords for identifiers that no account has. Asking for a new code does not
 * refill one.
 */
export abstract class AttemptBudgetRepository {
  /**
   * Counts one attempt in one statement and returns how many there have been in the window that the first one opened. A window that has passed
   * starts over at one.
   */
  abstract reserve(
    purpose: string,
    subject: string,
    windowMs: number,
    now: Date,
  ): Promise<{ attempts: number; windowEndsAt: Date }>;
  abstract clear(purpose: string, subject: string): Promise<void>;
  /** Forgets every counter of these subjects: addresses of an account that is erased. */
  abstract forgetSubjects(subjects: readonly string[]): Promise<void>;
  /** Forgets windows that have passed. */
  abstract deleteExpired(now: Date, limit: number): Promise<number>;
}
