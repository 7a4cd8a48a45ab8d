import type { Columns } from '../../../shared/persistence/columns.js';
import type { AccountRecord } from './account.js';

export const ACCOUNT_COLUMNS: Columns<AccountRecord> = {
  id: 'id',
  realmId: 'realm_id',
  userId: 'user_id',
  type: 'type',
  provider: 'provider',
  providerAccountId: 'provider_account_id',
  issuer: 'issuer',
  providerUsername: 'provider_username',
  providerEmail: 'provider_email',
  emailVerified: 'email_verified',
  scopes: 'scopes',
  tokenType: 'token_type',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  idToken: 'id_token',
  sealedBy: 'sealed_by',
  expiresAt: 'expires_at',
  refreshClaimedUntil: 'refresh_claimed_until',
  refreshClaimedBy: 'refresh_claimed_by',
  lastUsedAt: 'last_used_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};
