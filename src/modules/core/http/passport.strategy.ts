import { AuthError } from '../../../shared/errors/auth-error.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import type { Principal } from '../extension/principal.js';
import { CredentialAuthenticator } from './credential-authenticator.js';
import { CsrfPolicy } from './csrf-policy.js';
import { setPrincipal } from './request-principal.js';

/** What passport puts on a strategy for the time of a request. */
interface PassportActions {
  success(user: object): void;
  fail(challenge: string, status: number): void;
  error(error: unknown): void;
}

/**
 * Castellan for hosts that guard their routes with `AuthGuard('castellan')` of @nestjs/passport: a thin adapter over the same credentials. `req.user` is
 * the principal. The name is the instance's, so that several can stand beside each other.
 *
 *     passport.use(new CastellanStrategy(authenticator, csrf));
 */
export class CastellanStrategy {
  /** Passport calls it on a copy of the strategy that carries its actions. */
  readonly authenticate: (this: PassportActions, request: HttpRequest) => void;

  constructor(
    authenticator: CredentialAuthenticator,
    csrf: CsrfPolicy,
    readonly name = 'castellan',
  ) {
    const resolve = async (request: HttpRequest): Promise<Principal> => {
      const { principal, transport } = await authenticator.authenticate(request);
      if (transport === 'cookie') csrf.assertAllowed(request);
      setPrincipal(request, principal);
      return principal;
    };
    this.authenticate = function (request) {
      resolve(request).then(
        (principal) => this.success(principal),
        (error: unknown) => refuse(this, error),
      );
    };
  }
}

function refuse(actions: PassportActions, error: unknown): void {
  if (!(error instanceof AuthError) || error.status >= 500) actions.error(error);
  else actions.fail(error.status === 401 ? 'Bearer' : error.code, error.status);
}
