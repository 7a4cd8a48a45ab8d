import { Injectable } from '@nestjs/common';
import { Maintains, MaintenanceTask, sweep } from '../../core/index.js';
import { DailyCountRepository } from './daily-count.repository.js';

/** As far back as can be asked for, and a little. */
const KEPT_MS = 400 * 24 * 60 * 60_000;

/** Forgets counts that nobody can ask for any more. */
@Maintains(true)
@Injectable()
export class DailyCountExpiryTask extends MaintenanceTask {
  constructor(private readonly counts: DailyCountRepository) {
    super();
  }

  override async run(now: Date): Promise<void> {
    const day = new Date(now.getTime() - KEPT_MS).toISOString().slice(0, 10);
    await sweep((limit) => this.counts.deleteBefore(day, limit));
  }
}
