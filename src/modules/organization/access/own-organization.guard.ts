import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { principalOf, requestOf } from '../../core/index.js';
import { assertNotElsewhere, organizationOf } from './organization-source.js';

/** On the module's own routes: a token that was issued for one organization manages no other. */
@Injectable()
export class OwnOrganizationGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = requestOf(context);
    const principal = principalOf(request);
    if (!principal) return true;
    const named = organizationOf({ from: 'path' }, context, request, principal);
    if (named !== null) assertNotElsewhere(principal, named);
    return true;
  }
}
