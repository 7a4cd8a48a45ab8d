import { Injectable } from '@nestjs/common';
import { type ClaimsContext, ClaimsContributor, ContributesClaims } from '../../core/index.js';
import { Authorities } from './authorities.js';

/** Characters. A token has to fit into a header, with everything else that is in it. */
const MAX_CLAIMS_LENGTH = 3_000;

/**
 * `roles` and `permissions` of the platform. After the claims of every other module, so that none can say more than the store does. Where they would be too
 * long for a token they are left out, and looked up by the routes that need them.
 */
@Injectable()
@ContributesClaims({ order: 900 })
export class RoleClaims extends ClaimsContributor {
  constructor(private readonly authorities: Authorities) {
    super();
  }

  override async contribute({ user }: ClaimsContext): Promise<Record<string, unknown>> {
    const { roles, permissions } = await this.authorities.ofUser(user);
    const claims = { roles: [...roles], permissions: permissions.toArray() };
    return JSON.stringify(claims).length <= MAX_CLAIMS_LENGTH ? claims : {};
  }
}
