import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GuessBudget, type UserRecord } from '../../core/index.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { GUESS_PURPOSE } from './sent-codes.js';
import { TotpSecrets } from './totp-secrets.js';
import type { TwoFactorRecord } from './two-factor.js';
import { TwoFactorRepository } from './two-factor.repository.js';

/** Checks codes of an authenticator app. */
@Injectable()
export class TotpCheck {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly secrets: TotpSecrets,
    private readonly guesses: GuessBudget,
  ) {}

  /** Counts a guess; of any number of simultaneous calls with one code, one passes. @throws core.too_many_attempts, two_factor.invalid_code */
  async consume({ id }: UserRecord, { secret }: TwoFactorRecord, code: string): Promise<void> {
    await this.guesses.reserve(GUESS_PURPOSE, id);
    const step = secret === null ? null : this.secrets.step(id, secret, code);
    assertThat(step !== null && secret !== null, TwoFactorErrors.invalid_code);
    assertThat(await this.factors.useStep(id, secret, step), TwoFactorErrors.invalid_code);
    await this.guesses.clear(GUESS_PURPOSE, id);
  }
}
