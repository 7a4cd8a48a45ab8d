import { Injectable } from '@nestjs/common';
import { ContributesUserData, UserDataContributor, type UserRecord } from '../../core/index.js';
import { UserFactors } from './user-factors.js';

/** Second factors, without their secrets. */
@ContributesUserData({ order: 110 })
@Injectable()
export class FactorData extends UserDataContributor {
  override readonly section = 'two_factor_methods';

  constructor(private readonly factors: UserFactors) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncGenerator<object> {
    for (const factor of await this.factors.enabled(id))
      yield {
        method: factor.method,
        phone_number: factor.phoneNumber,
        confirmed_at: factor.confirmedAt?.toISOString() ?? null,
        created_at: factor.createdAt.toISOString(),
      };
  }
}
