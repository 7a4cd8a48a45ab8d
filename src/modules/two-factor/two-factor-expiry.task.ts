import { Injectable } from '@nestjs/common';
import { Maintains, MaintenanceTask, sweep } from '../core/index.js';
import { TwoFactorRepository } from './factor/two-factor.repository.js';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository.js';

const DAY_MS = 24 * 60 * 60_000;

/** Forgets enrolments that were never confirmed, after a day, and devices whose trust has ended. */
@Maintains(true)
@Injectable()
export class TwoFactorExpiryTask extends MaintenanceTask {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly devices: TrustedDeviceRepository,
  ) {
    super();
  }

  override async run(now: Date): Promise<void> {
    const yesterday = new Date(now.getTime() - DAY_MS);
    await sweep((limit) => this.factors.deleteUnconfirmed(yesterday, limit));
    await sweep((limit) => this.devices.deleteExpired(now, limit));
  }
}
