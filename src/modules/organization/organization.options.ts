/** Behaviour of the module. */
export interface OrganizationOptions {
  /**
   * `multi`: users make organizations. `single`: there is one, made at the start, which every new account joins as a member.
   * @default 'multi'
   */
  readonly mode?: 'multi' | 'single';
  /** Slug and name of the one organization of `single`. @default { slug: 'default', name: 'Default' } */
  readonly singleOrganization?: { readonly slug: string; readonly name: string };
  /** Whether each new account with a username gets an organization of its own. @default false */
  readonly personalOrganizations?: boolean;
  /** Whether slugs of organizations and usernames share one namespace. Decide it once: names that were taken apart stay apart. @default false */
  readonly sharedNamespace?: boolean;
  /** Slugs nobody may take. @default the bundled list */
  readonly reservedSlugs?: readonly string[];
  /** The most members of an organization that has no limit of its own; `null`: no limit. @default null */
  readonly memberLimit?: number | null;
}

/** Words that routes, hosts and mail have their own use for. */
const RESERVED_SLUGS = [
  ...['admin', 'api', 'app', 'auth', 'by-slug', 'docs', 'help', 'login', 'logout', 'me', 'new', 'oauth'],
  ...['organizations', 'root', 'security', 'settings', 'signup', 'support', 'system', 'www'],
];

/** Options with every default filled in. This class is the DI token. */
export abstract class ResolvedOrganizationOptions {
  abstract readonly mode: 'multi' | 'single';
  abstract readonly singleOrganization: { readonly slug: string; readonly name: string };
  abstract readonly personalOrganizations: boolean;
  abstract readonly sharedNamespace: boolean;
  abstract readonly reservedSlugs: ReadonlySet<string>;
  abstract readonly memberLimit: number | null;
}

export function resolveOrganizationOptions(options: OrganizationOptions = {}): ResolvedOrganizationOptions {
  return Object.freeze({
    mode: options.mode ?? 'multi',
    singleOrganization: options.singleOrganization ?? { slug: 'default', name: 'Default' },
    personalOrganizations: options.personalOrganizations ?? false,
    sharedNamespace: options.sharedNamespace ?? false,
    reservedSlugs: new Set(options.reservedSlugs ?? RESERVED_SLUGS),
    memberLimit: options.memberLimit ?? null,
  });
}
