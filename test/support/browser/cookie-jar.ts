/** A cookie as a browser keeps it (RFC 6265bis); hosts are compared exactly, `Domain` is not known. */
export interface StoredCookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none';
  /** `null`: until the browser is closed. */
  readonly maxAgeSeconds: number | null;
}

/** What decides whether a cookie goes along. */
export interface CookieRequest {
  readonly url: URL;
  readonly method: string;
  readonly crossSite: boolean;
}

/** Ports share their cookies, as in a browser. */
export class CookieJar {
  private readonly cookies = new Map<string, StoredCookie & { readonly host: string }>();

  /** Keeps what `Set-Cookie` fields say; refuses what a browser would. */
  store(url: URL, fields: readonly string[]): void {
    for (const field of fields) {
      const cookie = parse(field, url);
      if (!isAcceptable(cookie, field, url)) continue;
      const key = `${url.hostname} ${cookie.path} ${cookie.name}`;
      if (cookie.maxAgeSeconds !== null && cookie.maxAgeSeconds <= 0) this.cookies.delete(key);
      else this.cookies.set(key, { ...cookie, host: url.hostname });
    }
  }

  /** The `Cookie` field of a navigation. */
  header(request: CookieRequest): string {
    return this.matching(request)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** Everything that is kept for a host. */
  of(hostname: string): StoredCookie[] {
    return [...this.cookies.values()].filter(({ host }) => host === hostname);
  }

  clear(): void {
    this.cookies.clear();
  }

  private matching({ url, method, crossSite }: CookieRequest): StoredCookie[] {
    return this.of(url.hostname).filter(
      ({ path, secure, sameSite }) =>
        pathMatches(url.pathname, path) &&
        (!secure || isSecure(url)) &&
        // A navigation: Lax goes along with a safe method alone.
        (!crossSite || sameSite === 'none' || (sameSite === 'lax' && method === 'GET')),
    );
  }
}

function parse(field: string, url: URL): StoredCookie {
  const [pair = '', ...attributes] = field.split(';').map((part) => part.trim());
  const split = pair.indexOf('=');
  const named = new Map(
    attributes.map((attribute) => {
      const [name = '', value = ''] = attribute.split('=');
      return [name.toLowerCase(), value];
    }),
  );
  const expires = named.get('expires');
  const maxAge = named.get('max-age');
  return {
    name: pair.slice(0, split),
    value: pair.slice(split + 1),
    path: named.get('path') ?? url.pathname.replace(/\/[^/]*$/, '/'),
    secure: named.has('secure'),
    httpOnly: named.has('httponly'),
    sameSite: sameSiteOf(named.get('samesite')),
    maxAgeSeconds:
      maxAge !== undefined
        ? Number(maxAge)
        : expires !== undefined
          ? (Date.parse(expires) - Date.now()) / 1000
          : null,
  };
}

function sameSiteOf(text: string | undefined): StoredCookie['sameSite'] {
  const value = text?.toLowerCase();
  return value === 'strict' || value === 'none' ? value : 'lax';
}

function isAcceptable({ name, path, secure, sameSite }: StoredCookie, field: string, url: URL): boolean {
  if (secure && !isSecure(url)) return false;
  if (sameSite === 'none' && !secure) return false;
  if (name.startsWith('__Secure-')) return secure;
  if (name.startsWith('__Host-')) return secure && path === '/' && !/;\s*domain=/i.test(field);
  return true;
}

function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === 'localhost';
}

function pathMatches(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}
