import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { UserRecord } from '../../core/index.js';
import { type TotpEnrolment, TotpEnrolmentService } from '../factor/totp-enrolment.service.js';
import { methodsAfter } from '../factor/user-factors.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { type ChallengeCompletion, type DeviceTrust, TwoFactorChallenges } from './challenges.js';

/** A sign-in that was completed by setting up a factor. */
export interface EnrolledCompletion extends ChallengeCompletion {
  /** Shown this once. */
  readonly backupCodes: readonly string[] | null;
}

/** Lets whoever has to have a second factor set one up on the way in. The challenge has to say so: it opens no other enrolment. */
@Injectable()
export class ChallengeEnrolmentService {
  constructor(
    private readonly challenges: TwoFactorChallenges,
    private readonly totp: TotpEnrolmentService,
  ) {}

  /** @throws core.challenge_invalid, two_factor.enrolment_not_open */
  async begin(challengeToken: string, client: ClientInfo): Promise<TotpEnrolment> {
    return this.totp.begin(await this.userOf(challengeToken, client));
  }

  /** @throws core.challenge_invalid, two_factor.enrolment_not_open, two_factor.invalid_code, core.too_many_attempts, and what `signIn` throws */
  async confirm(
    challengeToken: string,
    code: string,
    device: DeviceTrust,
    client: ClientInfo,
  ): Promise<EnrolledCompletion> {
    const user = await this.userOf(challengeToken, client);
    const backupCodes = await this.totp.confirm(user, code, client, { onlyFirst: true });
    const shown = methodsAfter('totp');
    return { ...(await this.challenges.complete(challengeToken, shown, device, client)), backupCodes };
  }

  private async userOf(challengeToken: string, client: ClientInfo): Promise<UserRecord> {
    const { user, challenge } = await this.challenges.peek(challengeToken, client);
    assertThat(challenge.enrol?.includes('totp'), TwoFactorErrors.enrolment_not_open);
    return user;
  }
}
