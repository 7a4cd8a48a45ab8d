import { Injectable, Module } from '@nestjs/common';
import { DemandsTwoFactor, TwoFactorPolicy, type UserRecord } from '../../src/modules/core/index.js';

const PREFIX = 'must2fa-';

@DemandsTwoFactor({ order: 1 })
@Injectable()
class DemandByName extends TwoFactorPolicy {
  override isRequired({ username }: UserRecord): boolean {
    return username?.startsWith(PREFIX) ?? false;
  }
}

/** A host that demands a second factor of whoever is called so: nobody else has to set one up on the way in. */
@Module({ providers: [DemandByName] })
export class SecondFactorDemand {
  static readonly prefix = PREFIX;
}
