import { Injectable } from '@nestjs/common';
import { Maintains, MaintenanceTask, sweep } from '../maintenance/maintenance-task.js';
import { AccountChangeRepository } from './account-change.repository.js';
import { CHANGES_KEPT_MS } from './account-change.feed.js';

/** Forgets changes that every node has read, or that no node goes on from any more. */
@Maintains(true)
@Injectable()
export class AccountChangeExpiryTask extends MaintenanceTask {
  constructor(private readonly changes: AccountChangeRepository) {
    super();
  }

  override run(now: Date): Promise<void> {
    return sweep((limit) => this.changes.deleteBefore(new Date(now.getTime() - CHANGES_KEPT_MS), limit));
  }
}
