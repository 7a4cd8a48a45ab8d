export type {
  AccountRecord,
  AccountType,
  NewAccount,
  ProviderIdentity,
  SealedTokens,
  SeenProfile,
} from './account/account.js';
export {
  AccountRepository,
  type AccountSortField,
  type LinkWrite,
  type RefreshClaim,
  type RemainingWays,
  type UnlinkWrite,
} from './account/account.repository.js';
export { AccountService } from './account/account.service.js';
export { OAUTH_ENTITIES, OAUTH_REPOSITORIES } from './oauth.repositories.js';
export { OAuthErrors } from './oauth.errors.js';
export type { OAuthOptions, OutboundFetch } from './oauth.options.js';
export { apple, type AppleOptions } from './provider/apple.js';
export { discord, type DiscordOptions } from './provider/discord.js';
export { github, type GithubOptions } from './provider/github.js';
export { google, type GoogleOptions } from './provider/google.js';
export { microsoft, type MicrosoftOptions } from './provider/microsoft.js';
export type {
  ClientSecret,
  OAuth2Provider,
  OAuthProvider,
  OidcProvider,
  ProviderApi,
  ProviderClaims,
} from './provider/oauth-provider.js';
export { oidc, type OidcOptions } from './provider/oidc.js';
export type { ProviderProfile } from './provider/provider-profile.js';
export {
  OAuthAccountEvent,
  OAuthAccountLinked,
  OAuthAccountUnlinked,
  type LinkReason,
  type UnlinkReason,
} from './oauth.events.js';
export { oauth, OAuthModule, type OAuthModuleStructure } from './oauth.module.js';
export { type ProviderAccess, ProviderTokens } from './account/provider-tokens.js';
export type { OutboundRequest, OutboundPolicy } from '../../shared/outbound/outbound-request.js';
