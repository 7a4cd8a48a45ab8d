import { Injectable } from '@nestjs/common';
import type { Principal } from '../extension/principal.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';

/** The accounts of principals. A resolver that has read the account already remembers it here, so that `GET /me` needs no second query. */
@Injectable()
export class PrincipalUsers {
  private readonly read = new WeakMap<Principal, () => UserRecord>();

  constructor(private readonly users: UserRepository) {}

  remember(principal: Principal, account: () => UserRecord): void {
    this.read.set(principal, account);
  }

  /** As it was when the credential was checked, or as it is now; `null` for a principal of a third-party issuer. */
  async find(principal: Principal): Promise<UserRecord | null> {
    if (principal.kind !== 'user') return null;
    return this.read.get(principal)?.() ?? this.users.findById(principal.userId);
  }
}
