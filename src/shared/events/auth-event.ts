import type { AuditEntry } from './audit-entry.js';

/** Base of everything that a module announces. Subclasses hold ids and facts, never secrets. */
export abstract class AuthEvent {
  constructor(readonly occurredAt: Date) {}

  /**
   * How the audit module records it; `null` for what is no record of its own. Abstract, so that nobody adds an event without having decided.
   */
  abstract audit(): AuditEntry | null;
}

/**
 * `transaction`: on the connection and in the transaction of what happened; a failure rolls it back (audit, outbox).
 * `after_commit`: once it is certain; a failure is logged and changes nothing.
 */
export type EventPhase = 'transaction' | 'after_commit';

/** A constructor of an event, abstract base classes included. */
export type EventClass<E extends AuthEvent = AuthEvent> = abstract new (...args: never[]) => E;

export type EventHandler<E extends AuthEvent = AuthEvent> = (event: E) => void | Promise<void>;
