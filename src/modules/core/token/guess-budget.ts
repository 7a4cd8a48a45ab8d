import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { AttemptBudgetRepository } from './attempt-budget.repository.js';

/** Guesses that one secret of a subject stands. */
export const GUESSES = 5;
const WINDOW_MS = 60 * 60_000;

/**
 * Five guesses by (purpose, subject) in the hour that the first one opens. Each is counted in one statement before anything is
 * compared, so that a burst gets five comparisons and not more. Asking for a new secret refills nothing; success does.
 */
@Injectable()
export class GuessBudget {
  constructor(
    private readonly budgets: AttemptBudgetRepository,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts one guess. Must not be called inside a transaction: the refusal that follows a wrong guess would roll the count back.
   * @throws core.too_many_attempts with Retry-After
   */
  async reserve(purpose: string, subject: string): Promise<void> {
    if (this.transactions.active) throw new Error('A guess is counted outside of transactions.');
    const now = this.clock.now();
    const { attempts, windowEndsAt } = await this.budgets.reserve(purpose, subject, WINDOW_MS, now);
    if (attempts <= GUESSES) return;
    throw new AuthError(CoreErrors.too_many_attempts, {
      retryAfterSeconds: Math.max(1, Math.ceil((windowEndsAt.getTime() - now.getTime()) / 1000)),
    });
  }

  /** Starts over, after a right guess. */
  async clear(purpose: string, subject: string): Promise<void> {
    await this.budgets.clear(purpose, subject);
  }
}
