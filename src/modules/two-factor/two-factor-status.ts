import { Injectable } from '@nestjs/common';
import type { UserRecord } from '../core/index.js';
import { BackupCodesService } from './backup-code/backup-codes.service.js';
import type { TwoFactorRecord } from './factor/two-factor.js';
import { UserFactors } from './factor/user-factors.js';
import { TwoFactorRequirement } from './two-factor-requirement.js';
import type { TwoFactorPolicyName } from './two-factor.options.js';

/** What a user has set up, and what is asked of them. */
export interface TwoFactorState {
  readonly policy: TwoFactorPolicyName;
  readonly enabled: readonly TwoFactorRecord[];
  readonly backupCodesLeft: number;
}

@Injectable()
export class TwoFactorStatus {
  constructor(
    private readonly factors: UserFactors,
    private readonly codes: BackupCodesService,
    private readonly requirement: TwoFactorRequirement,
  ) {}

  async of(user: UserRecord): Promise<TwoFactorState> {
    const policy = await this.requirement.of(user);
    const enabled = await this.factors.enabled(user.id);
    return { policy, enabled, backupCodesLeft: await this.codes.countUnused(user.id) };
  }
}
