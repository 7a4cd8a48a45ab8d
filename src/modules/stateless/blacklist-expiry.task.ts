import { Injectable } from '@nestjs/common';
import { Maintains, MaintenanceTask, sweep } from '../core/index.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';

/** Forgets revocations whose tokens have expired by themselves. */
@Maintains(true)
@Injectable()
export class BlacklistExpiryTask extends MaintenanceTask {
  constructor(private readonly blacklist: BlacklistRepository) {
    super();
  }

  override run(now: Date): Promise<void> {
    return sweep((limit) => this.blacklist.deleteExpired(now, limit));
  }
}
