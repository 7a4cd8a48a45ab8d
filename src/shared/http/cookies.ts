/** A cookie to set (RFC 6265bis). Everything has the safe value unless stated. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Absent: until the browser closes. 0 deletes. */
  readonly maxAgeSeconds?: number;
  /** Default `/`. */
  readonly path?: string;
  /** Absent: this host alone. */
  readonly domain?: string;
  /** Default true. */
  readonly httpOnly?: boolean;
  /** Default true. */
  readonly secure?: boolean;
  /** Default `Lax`. */
  readonly sameSite?: 'Strict' | 'Lax' | 'None';
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const ATTRIBUTE = /^[\x20-\x3a\x3c-\x7e]*$/;

/** The value of a `Set-Cookie` header. Throws a TypeError for what a browser would refuse or misread. */
export function serializeCookie(cookie: Cookie): string {
  const {
    name,
    maxAgeSeconds,
    path = '/',
    domain,
    httpOnly = true,
    secure = true,
    sameSite = 'Lax',
  } = cookie;
  assertCookie(cookie, path, secure);
  const parts = [`${name}=${encodeURIComponent(cookie.value)}`, `Path=${path}`];
  if (domain !== undefined) parts.push(`Domain=${domain}`);
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${Math.trunc(maxAgeSeconds)}`);
  if (httpOnly) parts.push('HttpOnly');
  if (secure) parts.push('Secure');
  parts.push(`SameSite=${sameSite}`);
  return parts.join('; ');
}

function assertCookie(cookie: Cookie, path: string, secure: boolean): void {
  const { name, domain } = cookie;
  if (!TOKEN.test(name)) throw new TypeError('the name of a cookie is a token of RFC 9110');
  if (!path.startsWith('/') || !ATTRIBUTE.test(path)) throw new TypeError(`${name}: the path is not valid`);
  if (domain !== undefined && !/^[A-Za-z0-9.-]+$/.test(domain))
    throw new TypeError(`${name}: the domain is not valid`);
  if (cookie.sameSite === 'None' && !secure) throw new TypeError(`${name}: SameSite=None needs Secure`);
  if (/^__Secure-/i.test(name) && !secure) throw new TypeError(`${name}: the prefix needs Secure`);
  if (/^__Host-/i.test(name) && (!secure || path !== '/' || domain !== undefined)) {
    throw new TypeError(`${name}: the prefix needs Secure, the path / and no domain`);
  }
}

/**
 * The cookies of a `Cookie` header. Of two with one name the first counts, which a browser sends for the longer path.
 * Never throws; what cannot be read is left out.
 */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const name = pair.slice(0, equals).trim();
    const value = decode(
      pair
        .slice(equals + 1)
        .trim()
        .replace(/^"(.*)"$/s, '$1'),
    );
    if (name !== '' && value !== undefined && !cookies.has(name)) cookies.set(name, value);
  }
  return cookies;
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
