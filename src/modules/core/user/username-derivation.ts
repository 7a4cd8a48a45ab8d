import { randomInt } from 'node:crypto';
import { isReservedUsername, MAX_USERNAME_LENGTH, MIN_USERNAME_LENGTH } from './username.js';

/** What a username can be made of. */
export interface UsernameSource {
  readonly email?: string | null;
  readonly name?: string | null;
  /** A name at a provider, tried first. */
  readonly preferred?: string | null;
}

/** Digits added after the first candidate; the last ones meet nobody. */
const SUFFIX_DIGITS = [4, 4, 5, 6, 8, 10, 10] as const;
const FALLBACK = 'user';

/**
 * Usernames to try one after another, until an insert meets no conflict: looking first and inserting later would collide under load.
 * Random digits and not a part of an id, since ids of one moment begin alike.
 */
export function* usernameCandidates(
  source: UsernameSource,
  reserved: readonly string[] = [],
): Generator<string, void> {
  const base = baseOf(source);
  if (base !== FALLBACK && !isReservedUsername(base, reserved)) yield base;
  for (const digits of SUFFIX_DIGITS) {
    const suffix = randomInt(10 ** digits)
      .toString()
      .padStart(digits, '0');
    yield `${base.slice(0, MAX_USERNAME_LENGTH - digits)}${suffix}`;
  }
}

function baseOf({ preferred, email, name }: UsernameSource): string {
  for (const text of [preferred, email?.replace(/@.*$/su, ''), name]) {
    const base = sanitize(text ?? '');
    if (base.length >= MIN_USERNAME_LENGTH) return base;
  }
  return FALLBACK;
}

/** What is left of a text in the alphabet of usernames: accents go, other characters become a dot, and it begins with a letter. */
function sanitize(text: string): string {
  return text
    .slice(0, 100)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/\+.*$/su, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '.')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, MAX_USERNAME_LENGTH)
    .replace(/[_.-]+$/, '')
    .toLowerCase();
}
