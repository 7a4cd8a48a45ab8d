import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isPromise } from 'node:util/types';
import { andThen } from '../../../shared/at-once.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { type AuthRequirements, REQUIREMENTS } from './auth-requirements.js';
import { type Authentication, CredentialAuthenticator } from './credential-authenticator.js';
import { CsrfPolicy } from './csrf-policy.js';
import { outlivesCall, requestOf } from './execution-request.js';
import { type Access, ACCESS } from './public.decorator.js';
import { isLibraryRoute, refusalFor } from './refusal.js';
import { forgetPrincipal, principalOf, setPrincipal, setRefusal } from './request-principal.js';

/** What the decorators of a route say. */
interface RouteRules {
  readonly access: Access;
  readonly requirements: AuthRequirements;
  /** Whether it is one of Castellan's own. */
  readonly ours: boolean;
}

/** Methods that change nothing. */
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets a request pass whose credential is good: on a controller, on a route, or for the whole application as `APP_GUARD`. Everything needs a credential
 * but what says `@Public()` or `@OptionalAuth()`. Our own routes are for accounts; a host's take principals of accepted issuers too, unless
 * `@Authenticated({ kinds })` says otherwise. May stand on a route twice: the credential is checked once. Guards GraphQL resolvers, WebSocket gateways and
 * message handlers as well; an open socket's credential is checked again at every message, since it may have been revoked since.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  /** By controller and handler: one handler may be inherited by several. */
  private readonly rules = new WeakMap<object, WeakMap<object, RouteRules>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: CredentialAuthenticator,
    private readonly csrf: CsrfPolicy,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rules = this.rulesOf(context);
    if (rules.access === 'public') return true;
    return andThen(this.principal(context, rules.access), (principal) => {
      if (principal) this.assertRequirements(context, principal, rules);
      return true;
    });
  }

  private principal(context: ExecutionContext, access: Access): Principal | null | Promise<Principal | null> {
    const request = requestOf(context);
    const known = outlivesCall(context) ? undefined : principalOf(request);
    if (known) return known;
    // No error is made for what is nobody's fault.
    if (access === 'optional' && !this.authenticator.isPresented(request)) {
      forgetPrincipal(request);
      return null;
    }
    const accept = ({ principal, transport }: Authentication): Principal => {
      if (transport === 'cookie') this.csrf.assertAllowed(request);
      setPrincipal(request, principal);
      return principal;
    };
    const refuse = (error: unknown): null => {
      forgetPrincipal(request);
      if (access !== 'optional' || !(error instanceof AuthError) || error.status !== 401)
        throw refusalFor(context, error);
      setRefusal(request, error);
      return null;
    };
    try {
      const found = this.authenticator.authenticate(request);
      return isPromise(found) ? found.then(accept).catch(refuse) : accept(found);
    } catch (error) {
      return refuse(error);
    }
  }

  private assertRequirements(context: ExecutionContext, principal: Principal, rules: RouteRules): void {
    try {
      this.assertAllowed(context, principal, rules);
    } catch (error) {
      throw refusalFor(context, error);
    }
  }

  private assertAllowed(context: ExecutionContext, principal: Principal, rules: RouteRules): void {
    const { kinds, verifiedEmail, recentAuthMs, whileImpersonated } = rules.requirements;
    const { ours } = rules;
    const allowed = kinds ?? (ours ? ['user'] : ['user', 'external']);
    assertThat(allowed.includes(principal.kind), GeneralErrors.forbidden);
    assertThat(
      !principal.actor || (whileImpersonated ?? (!ours || READS.has(requestOf(context).method))),
      CoreErrors.impersonated,
    );
    assertThat(!verifiedEmail || principal.emailVerified, CoreErrors.email_not_verified);
    if (recentAuthMs === undefined) return;
    const age = this.clock.now().getTime() - principal.authenticatedAt.getTime();
    assertThat(age <= recentAuthMs, CoreErrors.reauthentication_required, {
      extra: { max_age: Math.floor(recentAuthMs / 1000) },
    });
  }

  /** Read once a route. */
  private rulesOf(context: ExecutionContext): RouteRules {
    const handler = context.getHandler();
    const controller = context.getClass();
    let known = this.rules.get(controller);
    if (!known) this.rules.set(controller, (known = new WeakMap()));
    let rules = known.get(handler);
    if (!rules) {
      rules = {
        access:
          this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]) ?? 'required',
        // Where both speak, the handler.
        requirements: { ...readRequirements(controller), ...readRequirements(handler) },
        ours: isLibraryRoute(context),
      };
      known.set(handler, rules);
    }
    return rules;
  }
}

function readRequirements(target: object): AuthRequirements {
  const requirements = Reflect.getMetadata(REQUIREMENTS, target) as AuthRequirements | undefined;
  return requirements ?? {};
}
