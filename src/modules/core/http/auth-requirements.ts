import type { Principal } from '../extension/principal.js';

/** Metadata key. */
export const REQUIREMENTS = 'castellan:requirements';

/** What a route asks of its principal. */
export interface AuthRequirements {
  /** @default accounts alone on Castellan's own routes; on a host's, principals of accepted issuers too */
  readonly kinds?: readonly Principal['kind'][];
  /** 403 `core.email_not_verified` otherwise. */
  readonly verifiedEmail?: boolean;
  /**
   * Whether an administrator who acts as somebody else may call the route; 403 `core.impersonated` otherwise.
   * @default on Castellan's own routes what only reads (GET); on a host's everything
   */
  readonly whileImpersonated?: boolean;
  /** The proof of identity may be so old (milliseconds); 403 `core.reauthentication_required` otherwise. */
  readonly recentAuthMs?: number;
}

/** Adds to the requirements of a class or method, whatever the order of the decorators. */
export function addRequirements(added: AuthRequirements): MethodDecorator & ClassDecorator {
  return (
    target: object,
    _key?: string | symbol,
    descriptor?: TypedPropertyDescriptor<never> | PropertyDescriptor,
  ) => {
    const method: unknown = descriptor?.value;
    const holder = typeof method === 'function' ? method : target;
    const earlier = Reflect.getOwnMetadata(REQUIREMENTS, holder) as AuthRequirements | undefined;
    Reflect.defineMetadata(REQUIREMENTS, { ...earlier, ...added }, holder);
  };
}
