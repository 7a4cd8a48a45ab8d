import { Injectable } from '@nestjs/common';
import { AttemptBudgetRepository } from '../token/attempt-budget.repository.js';
import { LoginAttemptRepository } from '../token/login-attempt.repository.js';
import { Maintains, MaintenanceTask, sweep } from './maintenance-task.js';

/** How long a count of failures below a lock is remembered. */
const KEPT_MS = 24 * 60 * 60_000;

/** Forgets counters of attempts whose window or lock has passed. */
@Maintains(true)
@Injectable()
export class CounterTask extends MaintenanceTask {
  constructor(
    private readonly budgets: AttemptBudgetRepository,
    private readonly attempts: LoginAttemptRepository,
  ) {
    super();
  }

  override async run(now: Date): Promise<void> {
    await sweep((limit) => this.budgets.deleteExpired(now, limit));
    await sweep((limit) => this.attempts.deleteExpired(new Date(now.getTime() - KEPT_MS), limit));
  }
}
