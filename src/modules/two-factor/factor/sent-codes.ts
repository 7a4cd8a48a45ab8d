import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import {
  AddressCooldown,
  CoreErrors,
  emailKey,
  Notifications,
  SingleUseSecrets,
  type TokenRecord,
  type UserRecord,
} from '../../core/index.js';
import { TwoFactorErrors } from '../two-factor.errors.js';

declare module '../../core/token/token.js' {
  interface TokenPurposes {
    two_factor_code: true;
    two_factor_enrolment: true;
  }
}

/**
 * What guesses are counted under, by user: codes of every method and every challenge together. Codes that are sent have the same purpose and subject, so
 * that `SingleUseSecrets` counts them there too.
 */
export const GUESS_PURPOSE = 'two_factor_code';

/** As long as a numeric code can be good. */
const CODE_MS = 10 * 60_000;

export type SentCodePurpose = 'two_factor_code' | 'two_factor_enrolment';

/** Where a code goes. */
export type CodeAddress =
  { readonly method: 'sms'; readonly to: string } | { readonly method: 'email'; readonly to: string };

/** A code that is under way. */
export interface SentCode {
  /** Enough of the address to know it by. */
  readonly to: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Sends codes by text message and email, and takes them back. */
@Injectable()
export class SentCodes {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly cooldown: AddressCooldown,
    private readonly notifications: Notifications,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Voids what was sent before, by whichever method. @throws core.sender_unavailable, core.rate_limited */
  async send(user: UserRecord, purpose: SentCodePurpose, address: CodeAddress): Promise<SentCode> {
    const { method, to } = address;
    const available = method === 'sms' ? this.notifications.canText : this.notifications.canMail;
    assertThat(available, CoreErrors.sender_unavailable);
    // By address against a flood of one phone, by user against one of many.
    await this.cooldown.ask(purpose, method === 'email' ? emailKey(to) : to);
    if (purpose === 'two_factor_enrolment')
      await this.cooldown.askFirst('two_factor_enrolment_user', user.id);
    return this.transactions.run(async () => {
      const { code } = await this.secrets.issueCode({
        ...{ purpose, subject: user.id, userId: user.id, payload: { method }, ttlMs: CODE_MS },
        ...(method === 'sms' ? { phoneNumber: to } : { email: to }),
      });
      const message = { to, locale: user.locale, data: { code } };
      if (method === 'sms') await this.notifications.text('two_factor_code', message);
      else await this.notifications.email('two_factor_code', message);
      return { to: maskAddress(address), expiresIn: CODE_MS / 1000 };
    });
  }

  /**
   * Counts a guess and compares, without consuming. With `to`, the code has to have gone there.
   * @throws core.too_many_attempts, two_factor.invalid_code
   */
  async check(
    user: UserRecord,
    purpose: SentCodePurpose,
    method: CodeAddress['method'],
    code: string,
    to?: string | null,
  ): Promise<TokenRecord> {
    const record = await asTwoFactorError(this.secrets.peekCode(purpose, user.id, code));
    assertThat(record.payload['method'] === method, TwoFactorErrors.invalid_code);
    const went = method === 'sms' ? record.phoneNumber : record.email;
    assertThat(to === undefined || went === to, TwoFactorErrors.invalid_code);
    return record;
  }

  /** Consumes what `check` found; joins the transaction. Of simultaneous calls one passes. @throws two_factor.invalid_code */
  async consume(record: TokenRecord): Promise<void> {
    await asTwoFactorError(this.secrets.consume(record));
  }
}

/** `•••• 1800`, `a•••@example.com`. */
export function maskAddress({ method, to }: CodeAddress): string {
  if (method === 'sms') return `•••• ${to.slice(-4)}`;
  const at = to.lastIndexOf('@');
  return `${to.slice(0, 1)}•••${to.slice(at)}`;
}

async function asTwoFactorError<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AuthError && error.is(CoreErrors.invalid_code))
      throw new AuthError(TwoFactorErrors.invalid_code, { cause: error });
    throw error;
  }
}
