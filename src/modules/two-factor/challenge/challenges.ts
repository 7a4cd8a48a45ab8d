import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  CoreErrors,
  type LoginChallenge,
  type SignInResult,
  SignInService,
  type UserRecord,
} from '../../core/index.js';
import { type DeviceToken, TrustedDevicesService } from '../trusted-device/trusted-devices.service.js';
import { TWO_FACTOR } from './two-factor.gate.js';

/** A sign-in that waits for its second factor. */
export interface TwoFactorChallenge {
  readonly user: UserRecord;
  /** `amr` so far. */
  readonly shown: readonly string[];
  readonly challenge: LoginChallenge;
}

/** Whether the device is to be trusted, and what it is called. */
export interface DeviceTrust {
  readonly trust: boolean;
  readonly name: string | null;
}

/** What a completed challenge gives. */
export interface ChallengeCompletion {
  readonly result: SignInResult;
  /** Where the user trusts the device. */
  readonly device: DeviceToken | null;
}

/** Opens and completes challenges of this module. */
@Injectable()
export class TwoFactorChallenges {
  constructor(
    private readonly signIns: SignInService,
    private readonly devices: TrustedDevicesService,
  ) {}

  /** Without consuming it. @throws core.challenge_invalid, also where the second factor is not asked for any more */
  async peek(challengeToken: string, client: ClientInfo): Promise<TwoFactorChallenge> {
    // A device that is trusted would have passed; the challenge is there, and is completed.
    const pending = await this.signIns.peekChallenge(challengeToken, { ...client, deviceHash: undefined });
    const challenge = pending.challenges.find(({ type }) => type === TWO_FACTOR);
    assertThat(challenge, CoreErrors.challenge_invalid);
    return { user: pending.user, shown: pending.methods, challenge };
  }

  /** After the factor has been checked. @throws core.challenge_invalid, and what `SignInService.signIn` throws */
  async complete(
    challengeToken: string,
    methods: readonly string[],
    { trust, name }: DeviceTrust,
    client: ClientInfo,
  ): Promise<ChallengeCompletion> {
    const result = await this.signIns.completeChallenge(challengeToken, methods, client);
    if (!trust || result.status !== 'authenticated') return { result, device: null };
    return { result, device: await this.devices.trust(result.user, name, client) };
  }
}
