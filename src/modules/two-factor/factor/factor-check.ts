import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import type { UserRecord } from '../../core/index.js';
import { BackupCodeCheck } from '../backup-code/backup-code-check.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { type SecondFactor, TwoFactorFailed } from '../two-factor.events.js';
import { SentCodes } from './sent-codes.js';
import { TotpCheck } from './totp-check.js';
import type { TwoFactorRecord } from './two-factor.js';
import { methodsAfter, UserFactors } from './user-factors.js';

/** What somebody shows as their second factor. */
export interface FactorProof {
  readonly method: SecondFactor;
  readonly code: string;
}

/** Checks and consumes a second factor. Five guesses an hour, over all methods and wherever they are asked for. */
@Injectable()
export class FactorCheck {
  constructor(
    private readonly factors: UserFactors,
    private readonly totp: TotpCheck,
    private readonly backupCodes: BackupCodeCheck,
    private readonly codes: SentCodes,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Outside of transactions. `shown` are the methods shown before. Returns what this one adds to them.
   * @throws two_factor.method_not_available, two_factor.invalid_code, core.too_many_attempts, core.hashing_busy
   */
  async consume(
    user: UserRecord,
    proof: FactorProof,
    shown: readonly string[],
    client: ClientInfo,
  ): Promise<readonly string[]> {
    const enabled = await this.factors.enabled(user.id);
    const usable = this.factors.usable(user, enabled, shown).includes(proof.method);
    assertThat(usable, TwoFactorErrors.method_not_available);
    const factor = enabled.find(({ method }) => method === proof.method) ?? null;
    try {
      await this.compare(user, factor, proof.code, client);
    } catch (error) {
      if (error instanceof AuthError && error.is(TwoFactorErrors.invalid_code))
        await this.events.emit(new TwoFactorFailed(user.id, [proof.method], client, this.clock.now()));
      throw error;
    }
    return methodsAfter(proof.method);
  }

  /** @param factor `null` for a backup code */
  private async compare(
    user: UserRecord,
    factor: TwoFactorRecord | null,
    code: string,
    client: ClientInfo,
  ): Promise<void> {
    if (!factor) await this.backupCodes.consume(user, code, client);
    else if (factor.method === 'totp') await this.totp.consume(user, factor, code);
    else {
      const to = factor.method === 'sms' ? factor.phoneNumber : user.email;
      const sent = await this.codes.check(user, 'two_factor_code', factor.method, code, to);
      await this.codes.consume(sent);
    }
  }
}
