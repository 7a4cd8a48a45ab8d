import { isTrue, memberOf, textOf } from './claims.js';
import type { OAuth2Provider } from './oauth-provider.js';

export interface GithubOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** @default ['read:user', 'user:email'] */
  readonly scopes?: readonly string[];
  /** Of a GitHub Enterprise server. @default 'https://github.com' */
  readonly baseUrl?: string;
  /** @default 'https://api.github.com', or `<baseUrl>/api/v3` */
  readonly apiUrl?: string;
}

const PUBLIC = 'https://github.com';

/** GitHub, an OAuth app or a GitHub app. */
export function github(options: GithubOptions): OAuth2Provider {
  const { clientId, clientSecret, scopes = ['read:user', 'user:email'] } = options;
  const baseUrl = (options.baseUrl ?? PUBLIC).replace(/\/+$/, '');
  const apiUrl = options.apiUrl ?? (baseUrl === PUBLIC ? 'https://api.github.com' : `${baseUrl}/api/v3`);
  return {
    kind: 'oauth2',
    id: 'github',
    name: 'GitHub',
    authorizationEndpoint: `${baseUrl}/login/oauth/authorize`,
    tokenEndpoint: `${baseUrl}/login/oauth/access_token`,
    clientId,
    clientSecret,
    clientAuthentication: 'client_secret_post',
    scopes,
    fetchProfile: async (api) => {
      const user = await api(`${apiUrl}/user`);
      // The public address of the profile is anybody's to type; the verified ones are listed apart.
      const { email, verified } = primaryOf(await api(`${apiUrl}/user/emails`));
      return {
        subject: idOf(user),
        email,
        emailVerified: verified,
        username: textOf(user, 'login'),
        name: textOf(user, 'name'),
        avatar: textOf(user, 'avatar_url'),
      };
    },
  };
}

/** The number of the account; a login can be given up and taken by somebody else. */
function idOf(user: unknown): string {
  const id = memberOf(user, 'id');
  return typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : '';
}

function primaryOf(emails: unknown): { email: string | null; verified: boolean } {
  const listed: unknown[] = Array.isArray(emails) ? emails : [];
  const primary = listed.find((entry) => isTrue(memberOf(entry, 'primary')));
  return { email: textOf(primary, 'email'), verified: isTrue(memberOf(primary, 'verified')) };
}
