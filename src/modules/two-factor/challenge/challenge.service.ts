import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { LoginFailed } from '../../core/index.js';
import { FactorCheck, type FactorProof } from '../factor/factor-check.js';
import { FactorCodes } from '../factor/factor-codes.js';
import type { SentCode } from '../factor/sent-codes.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import type { SecondFactor } from '../two-factor.events.js';
import { type ChallengeCompletion, type DeviceTrust, TwoFactorChallenges } from './challenges.js';

/** Completes a sign-in with a second factor. */
@Injectable()
export class ChallengeService {
  constructor(
    private readonly challenges: TwoFactorChallenges,
    private readonly check: FactorCheck,
    private readonly codes: FactorCodes,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws core.challenge_invalid, two_factor.method_not_available, core.rate_limited, core.sender_unavailable */
  async send(challengeToken: string, method: SecondFactor, client: ClientInfo): Promise<SentCode> {
    const { user, challenge } = await this.challenges.peek(challengeToken, client);
    assertThat(challenge.methods.includes(method), TwoFactorErrors.method_not_available);
    return this.codes.send(user, method);
  }

  /**
   * A wrong code does not consume the challenge.
   * @throws core.challenge_invalid, two_factor.method_not_available, two_factor.invalid_code, core.too_many_attempts, and what `signIn` throws
   */
  async verify(
    challengeToken: string,
    proof: FactorProof,
    device: DeviceTrust,
    client: ClientInfo,
  ): Promise<ChallengeCompletion> {
    const { user, shown } = await this.challenges.peek(challengeToken, client);
    try {
      const methods = await this.check.consume(user, proof, shown, client);
      return await this.challenges.complete(challengeToken, methods, device, client);
    } catch (error) {
      if (error instanceof AuthError && error.status < 500)
        await this.events.emit(new LoginFailed(user.id, error.code, client, this.clock.now(), proof.method));
      throw error;
    }
  }
}
