import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { assertThat } from '../../shared/errors/assert-that.js';
import { DemandsTwoFactor, discovered, TwoFactorPolicy, type UserRecord } from '../core/index.js';
import type { TwoFactorMethod } from './factor/two-factor.js';
import { TwoFactorErrors } from './two-factor.errors.js';
import { TwoFactorOptions, type TwoFactorPolicyName } from './two-factor.options.js';

/** What is asked of a user: the module's policy, and what modules and the host demand of single users. */
@Injectable()
export class TwoFactorRequirement {
  private policies: readonly TwoFactorPolicy[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly options: TwoFactorOptions,
  ) {}

  async of(user: UserRecord): Promise<TwoFactorPolicyName> {
    if (this.options.policy === 'required') return 'required';
    this.policies ??= discovered(this.discovery, DemandsTwoFactor, TwoFactorPolicy);
    for (const policy of this.policies) if (await policy.isRequired(user)) return 'required';
    return this.options.policy;
  }

  /** @throws two_factor.switched_off, two_factor.method_not_offered */
  async assertMayEnrol(user: UserRecord, method: TwoFactorMethod): Promise<void> {
    const policy = await this.of(user);
    assertThat(policy !== 'off', TwoFactorErrors.switched_off);
    // Whoever is made to set one up has to be able to.
    const offered = this.options.methods.includes(method) || (policy === 'required' && method === 'totp');
    assertThat(offered, TwoFactorErrors.method_not_offered);
  }
}
