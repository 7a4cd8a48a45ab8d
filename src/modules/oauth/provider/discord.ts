import { isTrue, memberOf, textOf } from './claims.js';
import type { OAuth2Provider } from './oauth-provider.js';

export interface DiscordOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** @default ['identify', 'email'] */
  readonly scopes?: readonly string[];
}

const API = 'https://discord.com/api/v10';
const CDN = 'https://cdn.discordapp.com';

/** Discord. */
export function discord({
  clientId,
  clientSecret,
  scopes = ['identify', 'email'],
}: DiscordOptions): OAuth2Provider {
  return {
    kind: 'oauth2',
    id: 'discord',
    name: 'Discord',
    authorizationEndpoint: 'https://discord.com/oauth2/authorize',
    tokenEndpoint: `${API}/oauth2/token`,
    clientId,
    clientSecret,
    clientAuthentication: 'client_secret_post',
    scopes,
    fetchProfile: async (api) => {
      const user = await api(`${API}/users/@me`);
      const id = textOf(user, 'id') ?? '';
      const avatar = textOf(user, 'avatar');
      return {
        subject: id,
        email: textOf(user, 'email'),
        emailVerified: isTrue(memberOf(user, 'verified')),
        username: textOf(user, 'username'),
        name: textOf(user, 'global_name'),
        avatar: avatar === null ? null : `${CDN}/avatars/${id}/${avatar}.png`,
        locale: textOf(user, 'locale'),
      };
    },
  };
}
