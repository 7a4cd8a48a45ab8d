import { applyDecorators, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { CoreErrors } from '../core.errors.js';
import { ApiProblems } from './api-problems.js';
import { AuthGuard } from './auth.guard.js';
import { addRequirements, type AuthRequirements } from './auth-requirements.js';

/** Names of the security schemes in the OpenAPI document. */
export const BEARER_SCHEME = 'bearer';
export const COOKIE_SCHEME = 'cookie';

/**
 * A route that needs a credential: guard, error documents, and the security in the OpenAPI document, in one. For controllers of a host as for our own.
 *
 *     @Authenticated({ verifiedEmail: true })
 *     @Get('invoices')
 *     list(@CurrentUser() principal: Principal) {}
 */
export function Authenticated(requirements: AuthRequirements = {}): MethodDecorator & ClassDecorator {
  const problems = [GeneralErrors.unauthenticated, CoreErrors.invalid_token];
  if (requirements.verifiedEmail) problems.push(CoreErrors.email_not_verified);
  if (requirements.recentAuthMs !== undefined) problems.push(CoreErrors.reauthentication_required);
  return applyDecorators(
    addRequirements(requirements),
    UseGuards(AuthGuard),
    documentSecurity,
    ApiProblems(...problems),
  );
}

const DOCUMENTED = 'castellan:security-documented';

/** Once, however many decorators of a route say that it needs a credential. */
const documentSecurity: MethodDecorator & ClassDecorator = (
  target: object,
  key?: string | symbol,
  descriptor?: PropertyDescriptor,
) => {
  const method: unknown = descriptor?.value;
  const holder = typeof method === 'function' ? method : target;
  if (Reflect.hasOwnMetadata(DOCUMENTED, holder)) return;
  Reflect.defineMetadata(DOCUMENTED, true, holder);
  const decorate = applyDecorators(ApiBearerAuth(BEARER_SCHEME), ApiCookieAuth(COOKIE_SCHEME));
  if (key !== undefined && descriptor) decorate(target, key, descriptor);
  else if (typeof target === 'function') decorate(target);
};

/** Beside a guard: the email address of the account has to be proven. */
export const RequireVerifiedEmail = (): MethodDecorator & ClassDecorator =>
  applyDecorators(addRequirements({ verifiedEmail: true }), ApiProblems(CoreErrors.email_not_verified));

/** Beside a guard: the user has to have proven who they are within so many milliseconds. */
export const RequireRecentAuth = (maxAgeMs: number): MethodDecorator & ClassDecorator =>
  applyDecorators(
    addRequirements({ recentAuthMs: maxAgeMs }),
    ApiProblems(CoreErrors.reauthentication_required),
  );
