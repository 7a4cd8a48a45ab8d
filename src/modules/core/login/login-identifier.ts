import { AuthError } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';
import { readEmailAddress } from '../user/email-address.js';
import { emailKey, usernameKey } from '../user/identifier-key.js';
import { readPhoneNumber } from '../user/phone-number.js';
import { USERNAME_PATTERN } from '../user/username.js';
import type { LoginIdentifier, UniqueUserField } from '../user/user.js';

/** How a client may name the account; exactly one of them. */
export interface NamedAccount {
  readonly identifier?: string;
  readonly email?: string;
  readonly username?: string;
  readonly phone_number?: string;
}

/**
 * The account that a client means, by comparison key. What no account can be called is no error of its own: it gives a key that none has, and so the
 * answer of an unknown account.
 * @throws core.identifier_required
 */
export function parseLoginIdentifier(named: NamedAccount): LoginIdentifier {
  const given = Object.entries({
    identifier: named.identifier,
    email: named.email,
    username: named.username,
    phone_number: named.phone_number,
  }).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const [first, ...others] = given;
  if (!first || others.length > 0) {
    throw new AuthError(CoreErrors.identifier_required, {
      detail: 'Give exactly one of identifier, email, username and phone_number.',
    });
  }
  const [name, text] = first;
  const field = name === 'email' || name === 'username' || name === 'phone_number' ? name : fieldOf(text);
  return { field, value: keyOf(field, text) };
}

/** Email addresses alone have an @, and usernames begin with a letter. */
function fieldOf(text: string): UniqueUserField {
  if (text.includes('@')) return 'email';
  return /^\s*[A-Za-z]/.test(text) ? 'username' : 'phone_number';
}

function keyOf(field: UniqueUserField, text: string): string {
  const trimmed = text.trim();
  if (field === 'email') return emailKey(readEmailAddress(text) ?? trimmed);
  if (field === 'phone_number') return readPhoneNumber(text) ?? trimmed;
  return USERNAME_PATTERN.test(trimmed) ? usernameKey(trimmed) : trimmed;
}
