import { AuthError, type ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { BreachedPasswordChecker } from './breach-check.js';
import { isCommonPassword } from './common-passwords.js';
import { isWellFormed, normalizePassword } from './normalize-password.js';
import { PasswordErrors } from './password.errors.js';
import { assertOption, defaultPasswordOptions, MAX_PASSWORD_LENGTH } from './password.options.js';

/** Whose password it is to be. */
export interface PasswordIdentity {
  readonly email?: string | null;
  readonly username?: string | null;
}

export interface PasswordRules {
  /** Code points, 8 to 64. @default 8 */
  readonly minLength?: number;
  /** Refused as a password. @default none */
  readonly serviceName?: string;
}

/**
 * What a new password has to be, on every way to set one: 8 to 128 code points after NFC, not on the list of common
 * passwords, not the account's or the service's name, not known from a breach. No rules of composition (NIST SP 800-63B).
 */
export class PasswordPolicy {
  private readonly minLength: number;
  private readonly serviceName: string;

  /** Throws a RangeError for a `minLength` out of bounds. */
  constructor(
    rules: PasswordRules,
    private readonly breaches: BreachedPasswordChecker,
  ) {
    this.minLength = defaultPasswordOptions(rules).minLength;
    assertOption('minLength', this.minLength, 8, 64);
    this.serviceName = rules.serviceName ?? '';
  }

  /**
   * Throws the reason as an AuthError (400) whose `fields` name `field`. May ask the network: not inside a transaction.
   */
  async check(password: string, identity: PasswordIdentity = {}, field = 'password'): Promise<void> {
    const normalized = normalizePassword(password);
    this.checkText(normalized, field);
    this.checkLength(normalized, field);
    if (isCommonPassword(normalized)) {
      throw refusal(
        PasswordErrors.password_common,
        field,
        'This password is on the list of common passwords. Choose another.',
      );
    }
    this.checkIdentity(normalized, identity, field);
    if (await this.breaches.isBreached(normalized)) {
      throw refusal(
        PasswordErrors.password_breached,
        field,
        'This password is known from a data breach. Choose another.',
      );
    }
  }

  private checkText(password: string, field: string): void {
    if (isWellFormed(password)) return;
    throw refusal(PasswordErrors.password_invalid, field, 'The password has half of a surrogate pair in it.');
  }

  private checkLength(password: string, field: string): void {
    const length = Array.from(password).length;
    if (length < this.minLength) {
      const reason = `The password needs at least ${this.minLength} characters.`;
      throw refusal(PasswordErrors.password_too_short, field, reason);
    }
    if (length > MAX_PASSWORD_LENGTH) {
      const reason = `The password may have at most ${MAX_PASSWORD_LENGTH} characters.`;
      throw refusal(PasswordErrors.password_too_long, field, reason);
    }
  }

  private checkIdentity(password: string, { email, username }: PasswordIdentity, field: string): void {
    const names = [email, email?.replace(/@[^@]*$/, ''), username, this.serviceName];
    const folded = fold(password);
    if (!names.some((name) => name && fold(name) === folded)) return;
    const reason = 'The password must not be the email address, the username or the name of the service.';
    throw refusal(PasswordErrors.password_matches_identity, field, reason);
  }
}

function fold(text: string): string {
  return normalizePassword(text).toLowerCase();
}

function refusal(definition: ErrorDefinition, field: string, reason: string): AuthError {
  const code = definition.code.slice(definition.code.indexOf('.') + 1);
  return new AuthError(definition, { detail: reason, fields: [{ field, code, message: reason }] });
}
