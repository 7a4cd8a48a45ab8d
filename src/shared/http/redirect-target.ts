import { assertThat } from '../errors/assert-that.js';
import { GeneralErrors } from '../errors/general.errors.js';

/** Longer ones do not fit into a `Location` everywhere. */
export const MAX_REDIRECT_LENGTH = 2048;

/** Schemes that run, show or read something in place of going somewhere. */
const REFUSED_SCHEMES: ReadonlySet<string> = new Set([
  'about:',
  'blob:',
  'data:',
  'file:',
  'filesystem:',
  'javascript:',
  'vbscript:',
  'view-source:',
]);

/**
 * A redirect target of a request, if it lies below one of the allowed ones: scheme, host and port are equal, and the path begins with the allowed path,
 * by whole segments. Query and fragment are free. Compared, and to be used, is what the URL parser made of it, never the text that came in.
 * Apps with a scheme of their own (`com.example.app:/done`, RFC 8252 section 7.1) are allowed in the same way.
 * @throws core.redirect_not_allowed
 */
export function assertRedirectTarget(target: string, allowlist: readonly string[]): URL {
  const url = parseRedirect(target);
  const allowed = allowlist.some((entry) => {
    const prefix = parseRedirect(entry);
    return url !== null && prefix !== null && liesBelow(url, prefix);
  });
  assertThat(url && allowed, GeneralErrors.redirect_not_allowed);
  return url;
}

/** Whether an entry of an allow-list can allow anything: an absolute URL without query and fragment. */
export function isRedirectPrefix(entry: string): boolean {
  return parseRedirect(entry) !== null && !/[?#]/.test(entry);
}

/** The target with parameters added to its query, in place of any of the same name that it came with. */
export function redirectWith(target: URL, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(target);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

function parseRedirect(text: string): URL | null {
  // The parser drops tabs and line breaks, trims spaces and takes a backslash for a slash; others that read the same text may not.
  if (text.length > MAX_REDIRECT_LENGTH || /[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (REFUSED_SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  // `https:evil.example` and `https:///evil.example` are addresses to the parser, and paths to other readers.
  if (!(isWeb ? /^https?:\/\/[^/]/i : /^[a-z][a-z0-9+.-]*:\//i).test(text)) return null;
  // An encoded slash is one segment here and two to a server that decodes early.
  return /%2f|%5c/i.test(url.pathname) ? null : url;
}

function liesBelow(url: URL, prefix: URL): boolean {
  if (url.protocol !== prefix.protocol || url.host !== prefix.host) return false;
  const path = prefix.pathname;
  return url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
