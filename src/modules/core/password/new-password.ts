import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher.js';
import { type PasswordIdentity, PasswordPolicy } from './password-policy.js';

/** The way of every new password: the policy first, then the hash. Not inside a transaction. */
@Injectable()
export class NewPassword {
  constructor(
    private readonly policy: PasswordPolicy,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * The hash to store. `field` names the password in the request.
   * @throws core.password_too_short, core.password_too_long, core.password_common, core.password_matches_identity, core.password_breached,
   * core.password_invalid, core.hashing_busy
   */
  async hash(password: string, identity: PasswordIdentity, field = 'password'): Promise<string> {
    await this.policy.check(password, identity, field);
    return this.hasher.hash(password);
  }
}
