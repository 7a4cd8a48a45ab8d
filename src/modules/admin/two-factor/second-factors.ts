import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  CoreErrors,
  discovered,
  type Principal,
  ResetsSecondFactor,
  SecondFactorReset,
} from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';

/** Lets somebody in again who has lost every second factor. */
@Injectable()
export class SecondFactors {
  private resets: readonly SecondFactorReset[] | undefined;

  constructor(
    private readonly actions: AdminActions,
    private readonly discovery: DiscoveryService,
  ) {}

  /** The user is told by mail; sessions go on. @throws core.user_not_found; admin.module_not_mounted where no module has second factors */
  async reset(principal: Principal, userId: string, reason: string, client: ClientInfo): Promise<void> {
    this.resets ??= discovered(this.discovery, ResetsSecondFactor, SecondFactorReset);
    const resets = this.resets;
    await this.actions.run(principal, ADMIN_PERMISSIONS.resetTwoFactor, userId, async (actor, target) => {
      assertThat(resets.length > 0, AdminErrors.module_not_mounted);
      assertThat(target.deletedAt === null, CoreErrors.user_not_found);
      for (const each of resets) await each.reset(target.id, { actorId: actor.userId, reason }, client);
    });
  }
}
