/** Which sessions of others end with those of an administrator. */
export interface EndedImpersonator {
  readonly impersonatorId: string;
  /** The administrator's sessions that ended; `null`: all, but `kept`. */
  readonly sessionIds: readonly string[] | null;
  readonly kept: string | null;
}

/** A session that has just ended. */
export interface EndedImpersonation {
  readonly sessionId: string;
  readonly userId: string;
}

/** Sessions in which administrators act as others. Each method is one atomic statement. */
export abstract class ImpersonationRepository {
  /** Whether the session lives; nobody ends it before the transaction does, which has to be open. */
  abstract holdSession(sessionId: string, now: Date): Promise<boolean>;
  /** Ends the living sessions in which the administrator acts as somebody else. */
  abstract end(ended: EndedImpersonator, now: Date): Promise<EndedImpersonation[]>;
}
