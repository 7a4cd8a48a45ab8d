import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/time/clock.js';
import { StepsIntoUserDeletion, UserDeletionStep } from '../core/index.js';
import { BackupCodeRepository } from './backup-code/backup-code.repository.js';
import { TwoFactorRepository } from './factor/two-factor.repository.js';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository.js';

/** Erases what the module keeps of an account. One that is deleted softly keeps its factors, so that they count when it is brought back. */
@StepsIntoUserDeletion({ order: 100 })
@Injectable()
export class TwoFactorDeletionStep extends UserDeletionStep {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly codes: BackupCodeRepository,
    private readonly devices: TrustedDeviceRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async beforeDelete(userId: string, mode: 'soft' | 'hard'): Promise<void> {
    await this.devices.removeAll(userId, this.clock.now());
    if (mode === 'soft') return;
    await this.codes.deleteByUserId(userId);
    await this.factors.remove(userId);
  }
}
