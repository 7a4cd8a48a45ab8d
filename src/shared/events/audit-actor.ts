import { type ClientInfo, SYSTEM_CLIENT } from '../http/client-info.js';
import type { AuditEntry } from './audit-entry.js';

export type AuditActor = Pick<AuditEntry, 'actorId' | 'actorType'>;

/**
 * Who did something to an account: whoever is signed in, or else `fallback`, the one who has just proved to be it. `admin` is anybody but the account itself;
 * nobody is the system where the system asked, and `anonymous` where a client did.
 */
export function actorOn(accountId: string | null, client: ClientInfo, fallback: string | null): AuditActor {
  const system = client.requestId === SYSTEM_CLIENT.requestId;
  const actorId = client.actor?.id ?? (system ? null : fallback);
  if (actorId !== null) return { actorId, actorType: actorId === accountId ? 'user' : 'admin' };
  return { actorId, actorType: system ? 'system' : 'anonymous' };
}
