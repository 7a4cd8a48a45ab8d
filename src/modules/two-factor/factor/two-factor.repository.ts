import type {
  ConfirmedAddress,
  ConfirmedTotp,
  PendingTotp,
  TwoFactorMethod,
  TwoFactorRecord,
} from './two-factor.js';

/** Second factors, one row for each user and method. Every method is one atomic statement. */
export abstract class TwoFactorRepository {
  /**
   * Makes changes of one user's factors, backup codes and devices take turns until the transaction ends; needs one. `false`: there is no such account, or
   * it has been deleted.
   */
  abstract lock(userId: string): Promise<boolean>;
  /** Stores the secret of an enrolment, in place of an earlier one that was not confirmed. What is enabled goes on. */
  abstract begin(enrolment: PendingTotp): Promise<void>;
  /** Enabled methods and pending enrolments. */
  abstract findByUserId(userId: string): Promise<TwoFactorRecord[]>;
  /** Enables TOTP with the pending secret, if it is still that one, and begun late enough. The step counts as used. */
  abstract confirm(enrolment: ConfirmedTotp): Promise<boolean>;
  /** Enables a method that sends codes, or gives it another address. */
  abstract enable(enrolment: ConfirmedAddress): Promise<void>;
  /** Of any number of simultaneous calls with one step, or an earlier one, one passes; and only while `secret` is the enabled one. */
  abstract useStep(userId: string, secret: string, step: number): Promise<boolean>;
  /** Removes methods, pending enrolments included; returns those that were enabled. @param methods all where left out */
  abstract remove(userId: string, methods?: readonly TwoFactorMethod[]): Promise<TwoFactorMethod[]>;
  /** Removes what was never confirmed; at most `limit` rows. Returns how many. */
  abstract deleteUnconfirmed(begunBefore: Date, limit: number): Promise<number>;
  /** Rows with a secret or pending secret that does not begin with `prefix`, by id and after `afterId`. */
  abstract findSealedOtherwise(
    prefix: string,
    afterId: string | null,
    limit: number,
  ): Promise<TwoFactorRecord[]>;
  /** Replaces sealed texts by others of the same secrets, if they are still those of `from`. */
  abstract reseal(
    from: Pick<TwoFactorRecord, 'id' | 'secret' | 'pendingSecret'>,
    to: Pick<TwoFactorRecord, 'secret' | 'pendingSecret'>,
  ): Promise<boolean>;
}
