import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { OauthAccounts1764000002000 } from './1764000002000-oauth-accounts.js';
import { OauthRefreshClaims1764000002100 } from './1764000002100-oauth-refresh-claims.js';

export const OAUTH_MIGRATIONS: MigrationGroup = {
  module: 'oauth',
  migrations: [OauthAccounts1764000002000, OauthRefreshClaims1764000002100],
};
