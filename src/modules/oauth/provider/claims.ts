import type { ProviderClaims } from './oauth-provider.js';
import type { ProviderProfile } from './provider-profile.js';

/** A member of what a provider answered, if it is a text. */
export function textOf(source: unknown, name: string): string | null {
  const value = memberOf(source, name);
  return typeof value === 'string' ? value : null;
}

export function memberOf(source: unknown, name: string): unknown {
  return typeof source === 'object' && source !== null ? (Reflect.get(source, name) as unknown) : undefined;
}

/** Some providers write booleans as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** The standard claims (OpenID Connect Core 5.1). */
export function standardProfile(claims: ProviderClaims): ProviderProfile {
  return {
    subject: claims.sub,
    email: textOf(claims, 'email'),
    emailVerified: isTrue(claims['email_verified']),
    username: textOf(claims, 'preferred_username') ?? textOf(claims, 'nickname'),
    name: textOf(claims, 'name'),
    firstName: textOf(claims, 'given_name'),
    lastName: textOf(claims, 'family_name'),
    avatar: textOf(claims, 'picture'),
    locale: textOf(claims, 'locale'),
  };
}
