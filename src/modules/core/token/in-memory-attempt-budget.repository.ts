import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { AttemptBudgetRepository } from './attempt-budget.repository.js';

interface Budget {
  readonly id: string;
  readonly attempts: number;
  readonly windowEndsAt: Date;
}

@Injectable()
export class InMemoryAttemptBudgetRepository implements AttemptBudgetRepository {
  private readonly budgets: InMemoryTable<Budget>;

  constructor(private readonly database: InMemoryDatabase) {
    this.budgets = database.table<Budget>('attempt_budgets');
  }

  reserve(
    purpose: string,
    subject: string,
    windowMs: number,
    now: Date,
  ): Promise<{ attempts: number; windowEndsAt: Date }> {
    return this.database.execute(() => {
      const id = idOf(purpose, subject);
      const current = this.budgets.get(id);
      const open = current !== undefined && current.windowEndsAt > now;
      const counted = open
        ? { attempts: current.attempts + 1, windowEndsAt: current.windowEndsAt }
        : { attempts: 1, windowEndsAt: new Date(now.getTime() + windowMs) };
      if (current) this.budgets.update(id, counted);
      else this.budgets.insert({ id, ...counted });
      return counted;
    });
  }

  clear(purpose: string, subject: string): Promise<void> {
    return this.database.execute(() => {
      this.budgets.delete(idOf(purpose, subject));
    });
  }

  forgetSubjects(subjects: readonly string[]): Promise<void> {
    return this.database.execute(() => {
      for (const { id } of this.budgets.filter((budget) => subjects.includes(subjectOf(budget.id))))
        this.budgets.delete(id);
    });
  }

  deleteExpired(now: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const expired = this.budgets.filter((budget) => budget.windowEndsAt <= now).slice(0, limit);
      for (const { id } of expired) this.budgets.delete(id);
      return expired.length;
    });
  }
}

function subjectOf(id: string): string {
  return (JSON.parse(id) as [string, string])[1];
}

function idOf(purpose: string, subject: string): string {
  return JSON.stringify([purpose, subject]);
}
