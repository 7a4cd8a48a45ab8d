import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { GuessBudget, type UserRecord } from '../../core/index.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { type ActivationLimit, FactorActivation } from './factor-activation.js';
import { qrCodeOf } from './qr-code.js';
import { TotpSecrets } from './totp-secrets.js';
import { TwoFactorRepository } from './two-factor.repository.js';

/** How long a secret that was shown waits for its first code. */
export const ENROLMENT_MS = 10 * 60_000;

const GUESSES = 'two_factor_totp_enrolment';

/** What an authenticator app needs; shown this once. */
export interface TotpEnrolment {
  /** Base32. */
  readonly secret: string;
  readonly otpauthUrl: string;
  /** PNG as a `data:` URL. */
  readonly qrCode: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Sets up an authenticator app, in place of an earlier one once the first code of the new one is right. */
@Injectable()
export class TotpEnrolmentService {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly secrets: TotpSecrets,
    private readonly guesses: GuessBudget,
    private readonly activation: FactorActivation,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** Voids an earlier enrolment that was not confirmed. */
  async begin(user: UserRecord): Promise<TotpEnrolment> {
    const { secret, otpauthUrl, sealed } = this.secrets.create(user);
    const pending = { userId: user.id, pendingSecret: sealed, now: this.clock.now() };
    await this.factors.begin({ id: this.ids.next(), ...pending });
    const qrCode = await qrCodeOf(otpauthUrl);
    return { secret, otpauthUrl, qrCode, expiresIn: ENROLMENT_MS / 1000 };
  }

  /** Returns backup codes as `FactorActivation` does. @throws core.too_many_attempts, two_factor.invalid_code */
  async confirm(
    user: UserRecord,
    code: string,
    client: ClientInfo,
    limit?: ActivationLimit,
  ): Promise<readonly string[] | null> {
    await this.guesses.reserve(GUESSES, user.id);
    const pendingSecret = await this.pendingOf(user.id);
    assertThat(pendingSecret !== null, TwoFactorErrors.invalid_code);
    const step = this.secrets.step(user.id, pendingSecret, code);
    assertThat(step !== null, TwoFactorErrors.invalid_code);
    const now = this.clock.now();
    const begunAfter = new Date(now.getTime() - ENROLMENT_MS);
    const confirmed = { userId: user.id, pendingSecret, step, begunAfter, now };
    const store = (): Promise<boolean> => this.factors.confirm(confirmed);
    const codes = await this.activation.activate(user, 'totp', store, client, limit);
    await this.guesses.clear(GUESSES, user.id);
    return codes;
  }

  private async pendingOf(userId: string): Promise<string | null> {
    const factors = await this.factors.findByUserId(userId);
    return factors.find(({ method }) => method === 'totp')?.pendingSecret ?? null;
  }
}
