import type { PrincipalActor } from '../extension/principal.js';
import type { SessionFamilyRecord } from './session.js';

/** `act` (RFC 8693 section 4.1) of the tokens of a session in which somebody else acts as the user; nothing for the user's own. */
export function actorClaim({ impersonatorId }: Pick<SessionFamilyRecord, 'impersonatorId'>): {
  readonly act?: { readonly sub: string };
} {
  return impersonatorId === null ? {} : { act: { sub: impersonatorId } };
}

/** Who acts, by the claims of a token of ours. */
export function actorOfClaims({ act }: Readonly<Record<string, unknown>>): {
  readonly actor?: PrincipalActor;
} {
  const sub: unknown = typeof act === 'object' && act !== null ? Reflect.get(act, 'sub') : undefined;
  return typeof sub === 'string' ? { actor: { userId: sub } } : {};
}
