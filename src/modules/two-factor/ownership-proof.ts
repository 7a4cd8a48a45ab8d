import { Injectable } from '@nestjs/common';
import { assertThat } from '../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { accountOf, PasswordCheck, type Principal, type UserRecord, UserService } from '../core/index.js';
import { FactorCheck } from './factor/factor-check.js';
import { TwoFactorErrors } from './two-factor.errors.js';
import type { SecondFactor } from './two-factor.events.js';

/** The password, or a second factor. */
export interface GivenProof {
  readonly password?: string;
  readonly method?: SecondFactor;
  readonly code?: string;
}

/** Asks whoever is signed in for the password or a second factor, however recently they signed in. */
@Injectable()
export class OwnershipProof {
  constructor(
    private readonly users: UserService,
    private readonly passwords: PasswordCheck,
    private readonly factors: FactorCheck,
  ) {}

  /**
   * The account of the principal.
   * @throws two_factor.proof_required, core.invalid_credentials, core.locked, and what `FactorCheck.consume` throws
   */
  async require(
    principal: Principal,
    { password, method, code }: GivenProof,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const user = await this.users.get(accountOf(principal));
    const factor = method !== undefined && code !== undefined ? { method, code } : null;
    const partial = (method === undefined) !== (code === undefined);
    // One of the two, or it would not be clear which one counts.
    assertThat(!partial && (password !== undefined) !== (factor !== null), TwoFactorErrors.proof_required, {
      detail: 'Give the password, or method and code of a second factor.',
    });
    if (password !== undefined) await this.passwords.forUser(user.id, password, client);
    else if (factor) await this.factors.consume(user, factor, principal.methods, client);
    return user;
  }
}
