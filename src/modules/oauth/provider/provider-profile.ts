import { readEmailAddress } from '../../core/index.js';

/** What a provider says about its user, as it says it; `readProfile` makes it fit to keep. */
export interface ProviderProfile {
  /** What the provider calls the account for good; numbers as text. */
  readonly subject: string;
  readonly email?: string | null;
  /** Whether the provider vouches that the address is the user's. @default false */
  readonly emailVerified?: boolean;
  /** What the user is called there; a username here is derived from it. */
  readonly username?: string | null;
  readonly name?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly avatar?: string | null;
  /** BCP 47 */
  readonly locale?: string | null;
}

/** A profile in which every field is fit to keep. */
export interface CleanProfile {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly username: string | null;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly avatar: string | null;
  readonly locale: string | null;
}

/** Drops what cannot be kept; `null` where the account has no usable name of its own, without which there is none. */
export function readProfile(profile: ProviderProfile): CleanProfile | null {
  const { subject } = profile;
  if (typeof subject !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(subject)) return null;
  const email = typeof profile.email === 'string' ? readEmailAddress(profile.email) : null;
  return {
    subject,
    email,
    emailVerified: email !== null && profile.emailVerified === true,
    username: cleanText(profile.username, 255),
    name: cleanText(profile.name, 200),
    firstName: cleanText(profile.firstName, 100),
    lastName: cleanText(profile.lastName, 100),
    avatar: cleanUrl(profile.avatar),
    locale: cleanLocale(profile.locale),
  };
}

function cleanText(text: unknown, length: number): string | null {
  if (typeof text !== 'string') return null;
  const clean = text
    .slice(0, 4 * length)
    .replace(/[\p{Control}\p{Surrogate}]/gu, '')
    .trim();
  return Array.from(clean).slice(0, length).join('').trim() || null;
}

function cleanUrl(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 2048 || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' && url.href.length <= 2048 ? url.href : null;
}

function cleanLocale(text: unknown): string | null {
  const tag = typeof text === 'string' ? text.replace(/_/g, '-') : '';
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(tag) ? tag : null;
}
