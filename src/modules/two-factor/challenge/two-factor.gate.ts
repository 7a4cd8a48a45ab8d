import { Injectable } from '@nestjs/common';
import {
  GatesLogin,
  type LoginChallenge,
  LoginGate,
  MULTI_FACTOR,
  type SignInAttempt,
} from '../../core/index.js';
import { UserFactors } from '../factor/user-factors.js';
import { TrustedDevicesService } from '../trusted-device/trusted-devices.service.js';
import { TwoFactorRequirement } from '../two-factor-requirement.js';

/** `type` of the challenge. */
export const TWO_FACTOR = 'two_factor';

/** Asks for the second factor, however the user came in. One query for users who have none. */
@GatesLogin({ order: 100 })
@Injectable()
export class TwoFactorGate extends LoginGate {
  constructor(
    private readonly factors: UserFactors,
    private readonly requirement: TwoFactorRequirement,
    private readonly devices: TrustedDevicesService,
  ) {
    super();
  }

  override async evaluate({ user, methods, client }: SignInAttempt): Promise<LoginChallenge | null> {
    // Two factors were shown in this very attempt; what else a first factor is called, it is one.
    if (methods.includes(MULTI_FACTOR)) return null;
    const policy = await this.requirement.of(user);
    if (policy === 'off') return null;
    const enabled = await this.factors.enabled(user.id);
    if (enabled.length === 0)
      return policy === 'required' ? { type: TWO_FACTOR, methods: [], enrol: ['totp'] } : null;
    if (await this.devices.recognises(user.id, client)) return null;
    return { type: TWO_FACTOR, methods: this.factors.usable(user, enabled, methods) };
  }
}
