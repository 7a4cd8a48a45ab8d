import type { Columns, Instants } from '../../../shared/persistence/columns.js';
import type { SessionFamilyRecord, SessionRecord } from './session.js';

export const SESSION_COLUMNS: Columns<SessionRecord> = {
  id: 'id',
  familyId: 'family_id',
  userId: 'user_id',
  refreshToken: 'refresh_token',
  refreshTokenExpiresAt: 'refresh_token_expires_at',
  accessToken: 'access_token',
  expiresAt: 'expires_at',
  claims: 'claims',
  userAgent: 'user_agent',
  ipAddress: 'ip_address',
  replacedBy: 'replaced_by',
  replacedAt: 'replaced_at',
  sealedAnswer: 'sealed_answer',
  createdAt: 'created_at',
};

export const SESSION_INSTANTS: Instants<SessionRecord> = {
  refreshTokenExpiresAt: true,
  expiresAt: true,
  replacedAt: true,
  createdAt: true,
};

export const FAMILY_COLUMNS: Columns<SessionFamilyRecord> = {
  id: 'id',
  realmId: 'realm_id',
  userId: 'user_id',
  tokenVersion: 'token_version',
  expiresAt: 'expires_at',
  revokedAt: 'revoked_at',
  revokedReason: 'revoked_reason',
  deviceName: 'device_name',
  userAgent: 'user_agent',
  ipAddress: 'ip_address',
  authenticatedAt: 'authenticated_at',
  methods: 'methods',
  impersonatorId: 'impersonator_id',
  impersonatorSessionId: 'impersonator_session_id',
  lastUsedAt: 'last_used_at',
  createdAt: 'created_at',
};

export const FAMILY_INSTANTS: Instants<SessionFamilyRecord> = {
  expiresAt: true,
  revokedAt: true,
  authenticatedAt: true,
  lastUsedAt: true,
  createdAt: true,
};
