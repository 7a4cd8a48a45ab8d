import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { principalOf, PrincipalUsers, requestOf } from '../../core/index.js';
import { AuditErrors } from '../audit.errors.js';

/** Lets super admins pass, as the store has it: a token from before a demotion opens nothing, and neither does an impersonated super admin. */
@Injectable()
export class SuperAdminGuard implements CanActivate {
  constructor(private readonly users: PrincipalUsers) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const principal = principalOf(requestOf(context));
    assertThat(principal, GeneralErrors.unauthenticated);
    const user = await this.users.find(principal);
    assertThat(
      user?.isSuperAdmin === true && principal.actor === undefined,
      AuditErrors.super_admin_required,
    );
    return true;
  }
}
