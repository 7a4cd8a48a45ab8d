import { createPrivateKey } from 'node:crypto';
import type { FamilyValues, VariableFamily } from './variable-family.js';
import { optionalFlag, text, url, type Variable } from './variable.js';

const credential = (description: string): Variable<string | null> => text({ default: null, description });

/** Variables of the module `oauth`. */
export const OAUTH_VARIABLES = {
  OAUTH_GOOGLE_CLIENT_ID: credential('Google; with its secret it is offered.'),
  OAUTH_GOOGLE_CLIENT_SECRET: credential('Its secret.'),
  OAUTH_GITHUB_CLIENT_ID: credential('GitHub; with its secret it is offered.'),
  OAUTH_GITHUB_CLIENT_SECRET: credential('Its secret.'),
  OAUTH_GITHUB_URL: url({
    default: 'https://github.com',
    protocols: ['http', 'https'],
    description: 'A GitHub Enterprise server in place of GitHub.',
  }),
  OAUTH_MICROSOFT_CLIENT_ID: credential('Microsoft; with its secret it is offered.'),
  OAUTH_MICROSOFT_CLIENT_SECRET: credential('Its secret.'),
  OAUTH_MICROSOFT_TENANT: text({
    default: 'common',
    description: 'Id of a tenant, or `common`, `organizations` or `consumers`.',
  }),
  OAUTH_APPLE_CLIENT_ID: credential('Apple: the Services ID; with the three below it is offered.'),
  OAUTH_APPLE_TEAM_ID: credential('The team that the key belongs to.'),
  OAUTH_APPLE_KEY_ID: credential('Id of the key.'),
  OAUTH_APPLE_PRIVATE_KEY: {
    ...credential('The key, PEM (`.p8`); line breaks may be written `\\n`. Client secrets are made with it.'),
    parse: parseAppleKey,
  },
  OAUTH_DISCORD_CLIENT_ID: credential('Discord; with its secret it is offered.'),
  OAUTH_DISCORD_CLIENT_SECRET: credential('Its secret.'),
  OAUTH_ALLOW_PRIVATE_ADDRESSES: optionalFlag({
    defaultText: 'on; off in production',
    description: 'Whether providers may have addresses of this machine and of private networks.',
  }),
} satisfies Readonly<Record<string, Variable<unknown>>>;

/** Any OpenID provider; `OAUTH_ACME_…` is the provider `acme`. */
export const OIDC_FAMILY = {
  prefix: 'OAUTH_' as const,
  reserved: ['GOOGLE', 'GITHUB', 'MICROSOFT', 'APPLE', 'DISCORD'],
  members: {
    _ISSUER: url({
      default: null,
      protocols: ['http', 'https'],
      description: 'Any OpenID provider, by discovery; it is called `<name>`.',
    }),
    _CLIENT_ID: credential('The client there.'),
    _CLIENT_SECRET: text({
      default: null,
      defaultText: 'none: a public client',
      description: 'Its secret.',
    }),
  },
} satisfies VariableFamily<Readonly<Record<string, Variable<unknown>>>>;

export type OidcVariables = FamilyValues<typeof OIDC_FAMILY.members>;

/** What belongs together and is not all there; of `undefined` variables nothing is said. */
export function oauthContradictions(
  env: { readonly [Name in keyof typeof OAUTH_VARIABLES]: (typeof OAUTH_VARIABLES)[Name]['fallback'] },
  issuers: OidcVariables,
  production: boolean,
): string[] {
  const groups = (['GOOGLE', 'GITHUB', 'MICROSOFT', 'DISCORD'] as const).map(
    (name) => [`OAUTH_${name}_CLIENT_ID`, `OAUTH_${name}_CLIENT_SECRET`] as const,
  );
  const apple = [
    'OAUTH_APPLE_CLIENT_ID',
    'OAUTH_APPLE_TEAM_ID',
    'OAUTH_APPLE_KEY_ID',
    'OAUTH_APPLE_PRIVATE_KEY',
  ] as const;
  const incomplete = [...groups, apple].filter(
    (group) => new Set(group.map((name) => env[name] === null)).size > 1,
  );
  const named = Object.entries(issuers).flatMap(([name, { _ISSUER: issuer, _CLIENT_ID: id }]) => [
    ...(issuer === null || id === null
      ? [`OAUTH_${name}_ISSUER and OAUTH_${name}_CLIENT_ID belong together`]
      : []),
    ...(production && issuer?.startsWith('http://')
      ? [`OAUTH_${name}_ISSUER has to begin with https:// in production`]
      : []),
  ]);
  return [...incomplete.map((group) => `${listed(group)} belong together`), ...named];
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function parseAppleKey(value: string): string {
  const pem = value.replaceAll('\\n', '\n');
  try {
    const { asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyDetails?.namedCurve === 'prime256v1') return pem;
  } catch {
    // The same message: none of it may repeat the value.
  }
  throw new Error('must be a P-256 private key, PEM');
}
