/** Which node runs a job, and when it is due next. */
export abstract class JobRepository {
  /**
   * One statement: if the job is due and nobody holds it, the caller does until `heldUntil`; of many callers at once one gets it. A job that is not known yet is
   * due.
   */
  abstract acquire(name: string, holder: string, heldUntil: Date, now: Date): Promise<boolean>;
  /** Holds on to a job that is still running; `false`: somebody else has it. */
  abstract extend(name: string, holder: string, heldUntil: Date): Promise<boolean>;
  /** Gives a job back that the caller holds still. */
  abstract release(name: string, holder: string, dueAt: Date): Promise<void>;
}
