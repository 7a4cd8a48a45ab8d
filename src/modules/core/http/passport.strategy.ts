import { AuthError } from '../../../shared/errors/auth-error.js';
import type { HttpRequest } from '../../../shared/http/request.js';
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
  constructor(
    private readonly authenticator: CredentialAuthenticator,
    private readonly csrf: CsrfPolicy,
    readonly name = 'castellan',
  ) {}

  authenticate(this: this & PassportActions, request: HttpRequest): void {
    this.authenticator
      .authenticate(request)
      .then(({ principal, transport }) => {
        if (transport === 'cookie') this.csrf.assertAllowed(request);
        setPrincipal(request, principal);
        this.success(principal);
      })
      .catch((error: unknown) => {
        if (error instanceof AuthError && error.status < 500)
          this.fail(error.status === 401 ? 'Bearer' : error.code, error.status);
        else this.error(error);
      });
  }
}
