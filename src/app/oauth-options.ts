import {
  apple,
  discord,
  github,
  google,
  microsoft,
  type OAuthOptions,
  type OAuthProvider,
  oidc,
} from '../modules/oauth/index.js';
import type { Env } from './env/env.js';

/** The providers that the environment has credentials for. */
export function oauthOptionsOf(env: Env): OAuthOptions {
  const development = env.NODE_ENV !== 'production';
  return {
    providers: [...wellKnownOf(env), ...issuersOf(env)],
    outbound: {
      allowHttp: development,
      allowPrivateAddresses: env.OAUTH_ALLOW_PRIVATE_ADDRESSES ?? development,
    },
  };
}

function wellKnownOf(env: Env): OAuthProvider[] {
  const providers: OAuthProvider[] = [];
  const offer = (
    clientId: string | null,
    clientSecret: string | null,
    make: (client: { clientId: string; clientSecret: string }) => OAuthProvider,
  ): void => {
    if (clientId !== null && clientSecret !== null) providers.push(make({ clientId, clientSecret }));
  };
  offer(env.OAUTH_GOOGLE_CLIENT_ID, env.OAUTH_GOOGLE_CLIENT_SECRET, google);
  offer(env.OAUTH_GITHUB_CLIENT_ID, env.OAUTH_GITHUB_CLIENT_SECRET, (client) =>
    github({ ...client, baseUrl: env.OAUTH_GITHUB_URL }),
  );
  offer(env.OAUTH_MICROSOFT_CLIENT_ID, env.OAUTH_MICROSOFT_CLIENT_SECRET, (client) =>
    microsoft({ ...client, tenant: env.OAUTH_MICROSOFT_TENANT }),
  );
  offer(env.OAUTH_DISCORD_CLIENT_ID, env.OAUTH_DISCORD_CLIENT_SECRET, discord);
  const { OAUTH_APPLE_CLIENT_ID: clientId, OAUTH_APPLE_TEAM_ID: teamId } = env;
  const { OAUTH_APPLE_KEY_ID: keyId, OAUTH_APPLE_PRIVATE_KEY: privateKey } = env;
  if (clientId !== null && teamId !== null && keyId !== null && privateKey !== null)
    providers.push(apple({ clientId, teamId, keyId, privateKey }));
  return providers;
}

function issuersOf(env: Env): OAuthProvider[] {
  return Object.entries(env.OAUTH_ISSUERS).flatMap(
    ([name, { _ISSUER: issuer, _CLIENT_ID: clientId, _CLIENT_SECRET: clientSecret }]) => {
      if (issuer === null || clientId === null) return [];
      return oidc({ id: name.toLowerCase().replaceAll('_', '-'), issuer, clientId, clientSecret });
    },
  );
}
