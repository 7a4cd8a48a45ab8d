import { OptionsError, type ResolvedCoreOptions } from '../core/index.js';

const MINUTE = 60_000;

/** Behaviour of the module; everything has a default. */
export interface MagicLinkOptions {
  /** Life of a link, in milliseconds; its code lives for ten minutes at most. @default 15 min */
  readonly ttlMs?: number;
  /** Whether a link to an address that nobody has makes an account, where the `registration` policy is `open`, or it is `invite_only` and the address is invited. @default false */
  readonly autoRegister?: boolean;
  /** Whether link and code work only in the browser that asked for them: a cookie is set there. @default false */
  readonly bindToBrowser?: boolean;
  /** Whether the message carries a six-digit code beside the link. @default true */
  readonly code?: boolean;
  /** Where the link leads: an absolute URL or a path below `appUrl`, with `{token}` for the secret. @default the bundled page */
  readonly link?: string;
}

/** The options with every default filled in. This class is the DI token. */
export abstract class ResolvedMagicLinkOptions {
  abstract readonly ttlMs: number;
  abstract readonly autoRegister: boolean;
  abstract readonly bindToBrowser: boolean;
  abstract readonly code: boolean;
  /** An absolute URL with `{token}`. */
  abstract readonly link: string;
  /** Whether the link leads to the page of this module, which needs a redirect target to hand tokens over. */
  abstract readonly bundledPage: boolean;
}

/** The name of the bundled page, below `pages/`. */
export const MAGIC_LINK_PAGE = 'magic-link';

/** @throws OptionsError */
export function resolveMagicLinkOptions(
  { ttlMs = 15 * MINUTE, autoRegister = false, bindToBrowser = false, code = true, link }: MagicLinkOptions,
  { appUrl, basePath }: Pick<ResolvedCoreOptions, 'appUrl' | 'basePath'>,
): ResolvedMagicLinkOptions {
  const page = link ?? `${basePath}/pages/${MAGIC_LINK_PAGE}#token={token}`;
  const absolute = page.startsWith('/') ? `${appUrl}${page}` : page;
  if (!Number.isSafeInteger(ttlMs) || ttlMs < MINUTE)
    throw new OptionsError('magicLink.ttlMs must be a whole number of milliseconds, of a minute at least.');
  if (!URL.canParse(absolute) || !absolute.includes('{token}'))
    throw new OptionsError('magicLink.link must be a URL, or a path below appUrl, that contains {token}.');
  return Object.freeze({
    ttlMs,
    autoRegister,
    bindToBrowser,
    code,
    link: absolute,
    bundledPage: link === undefined,
  });
}
