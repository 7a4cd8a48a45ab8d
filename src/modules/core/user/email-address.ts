import { domainToASCII } from 'node:url';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';
import { BECOMES_ASCII } from './identifier-key.js';

/** RFC 5321 4.5.3.1, octets. */
export const MAX_EMAIL_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

/** Atoms of RFC 5322 with letters of every script (RFC 6531); no quoted strings, which few servers take. */
const LOCAL_PART = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN = /^[\p{L}\p{N}\p{M}.-]+$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An email address as it is kept: trimmed, NFC, the domain in ASCII and lower case, the local part as it was written. Characters that
 * normalisation turns into others (the Kelvin sign, full-width letters, a second kind of @) are refused and never replaced, so that no
 * two addresses that a mail server tells apart become one here.
 * @throws core.invalid_email
 */
export function parseEmailAddress(text: string, field = 'email'): string {
  return parse(text) ?? refuse(field);
}

/** The same without the error: `null` for what is not an address. */
export function readEmailAddress(text: string): string | null {
  return parse(text);
}

function parse(text: string): string | null {
  // Normalising takes quadratic time, and no address is longer.
  if (text.length > 2 * MAX_EMAIL_LENGTH) return null;
  const address = text.trim().normalize('NFC');
  if (BECOMES_ASCII.test(text) || address.normalize('NFKC') !== address) return null;
  const [local, domain, ...rest] = address.split('@');
  if (!local || !domain || rest.length > 0) return null;
  if (!LOCAL_PART.test(local) || /\p{Default_Ignorable_Code_Point}/u.test(local)) return null;
  const asciiDomain = parseDomain(domain);
  if (asciiDomain === null || Buffer.byteLength(local) > MAX_LOCAL_LENGTH) return null;
  const parsed = `${local}@${asciiDomain}`;
  return Buffer.byteLength(parsed) > MAX_EMAIL_LENGTH ? null : parsed;
}

function parseDomain(domain: string): string | null {
  if (!DOMAIN.test(domain) || /\p{Default_Ignorable_Code_Point}/u.test(domain)) return null;
  const ascii = domainToASCII(domain).toLowerCase();
  const labels = ascii.split('.');
  const topLevel = labels.at(-1) ?? '';
  const isName =
    labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^[0-9]+$/.test(topLevel);
  return isName && ascii.length <= 253 ? ascii : null;
}

function refuse(field: string): never {
  const message = 'This is not a valid email address.';
  throw new AuthError(CoreErrors.invalid_email, { fields: [{ field, code: 'invalid_email', message }] });
}
