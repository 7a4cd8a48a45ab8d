import { OptionsError, type ResolvedCoreOptions } from '../core/index.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Behaviour of the module; everything has a default. */
export interface InvitationOptions {
  /** Whether there are invitations into organizations; needs `organization()`. `false` where that is not mounted. @default true */
  readonly organizations?: boolean;
  /** Life of an invitation and of its link, in milliseconds; sending it again starts it over. @default 7 d */
  readonly ttlMs?: number;
  /** How long what was answered, withdrawn or has expired is kept, in milliseconds. @default 90 d */
  readonly retentionMs?: number;
  /** What platform invitations may be for; the first where none is said. `organization` is taken. @default ['platform'] */
  readonly purposes?: readonly string[];
  /** Where the link leads: an absolute URL or a path below `appUrl`, with `{token}` for the secret. @default the bundled page */
  readonly link?: string;
  /** The same for the link that declines; `null`: the message has none. @default the bundled page, or `null` where `link` is given */
  readonly declineLink?: string | null;
}

/** The options with every default filled in. This class is the DI token. */
export abstract class ResolvedInvitationOptions {
  abstract readonly ttlMs: number;
  abstract readonly retentionMs: number;
  abstract readonly purposes: readonly [string, ...string[]];
  /** An absolute URL with `{token}`. */
  abstract readonly link: string;
  abstract readonly declineLink: string | null;
}

/** The purpose of every invitation into an organization. */
export const ORGANIZATION_PURPOSE = 'organization';
/** Names of the bundled pages, below `pages/`. */
export const INVITATION_PAGE = 'invitation';
export const DECLINE_PAGE = 'decline-invitation';

const PURPOSE = /^[a-z0-9](?:[a-z0-9_.:-]{0,62}[a-z0-9])?$/;

/** Whether a platform invitation can be for this. */
export function isInvitationPurpose(purpose: string): boolean {
  return PURPOSE.test(purpose) && purpose !== ORGANIZATION_PURPOSE;
}

/** @throws OptionsError */
export function resolveInvitationOptions(
  { ttlMs = 7 * DAY, retentionMs = 90 * DAY, purposes = ['platform'], link, declineLink }: InvitationOptions,
  { appUrl, basePath }: Pick<ResolvedCoreOptions, 'appUrl' | 'basePath'>,
): ResolvedInvitationOptions {
  const bundled = (name: string): string => `${basePath}/pages/${name}#token={token}`;
  const declining = declineLink === undefined && link === undefined ? bundled(DECLINE_PAGE) : declineLink;
  assertDuration('ttlMs', ttlMs);
  assertDuration('retentionMs', retentionMs);
  return Object.freeze({
    ttlMs,
    retentionMs,
    purposes: checkedPurposes(purposes),
    link: absoluteLink('link', link ?? bundled(INVITATION_PAGE), appUrl),
    declineLink: declining == null ? null : absoluteLink('declineLink', declining, appUrl),
  });
}

function assertDuration(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < MINUTE)
    throw new OptionsError(
      `invitation.${name} must be a whole number of milliseconds, of a minute at least.`,
    );
}

function checkedPurposes(purposes: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = purposes;
  if (first === undefined) throw new OptionsError('invitation.purposes needs one at least.');
  for (const purpose of purposes) {
    if (!isInvitationPurpose(purpose))
      throw new OptionsError(
        `invitation.purposes: ${JSON.stringify(purpose)} is not 1 to 64 of a-z, 0-9, _ . : -, or is taken.`,
      );
  }
  return [first, ...rest];
}

function absoluteLink(name: string, link: string, appUrl: string): string {
  const absolute = link.startsWith('/') ? `${appUrl}${link}` : link;
  if (!URL.canParse(absolute) || !absolute.includes('{token}'))
    throw new OptionsError(
      `invitation.${name} must be a URL, or a path below appUrl, that contains {token}.`,
    );
  return absolute;
}
