import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { principalOf, requestOf } from '../../core/index.js';
import { OrganizationErrors } from '../organization.errors.js';
import { activeOrganization, organizationOf } from './organization-source.js';

/** On the module's own routes: a token that was issued for one organization manages no other. */
@Injectable()
export class OwnOrganizationGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = requestOf(context);
    const principal = principalOf(request);
    if (!principal) return true;
    const named = organizationOf({ from: 'path' }, context, request, principal);
    const active = activeOrganization(principal);
    assertThat(
      named === null || active === null || active === named.toLowerCase(),
      OrganizationErrors.other_organization,
    );
    return true;
  }
}
