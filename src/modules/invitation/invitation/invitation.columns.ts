import type { Columns } from '../../../shared/persistence/columns.js';
import type { InvitationRecord } from './invitation.js';

export const INVITATION_COLUMNS: Columns<InvitationRecord> = {
  id: 'id',
  realmId: 'realm_id',
  organizationId: 'organization_id',
  role: 'role',
  purpose: 'purpose',
  email: 'email',
  userId: 'user_id',
  invitee: 'invitee',
  inviterId: 'inviter_id',
  status: 'status',
  metadata: 'metadata',
  locale: 'locale',
  expiresAt: 'expires_at',
  sentAt: 'sent_at',
  createdAt: 'created_at',
  acceptedBy: 'accepted_by',
  actedAt: 'acted_at',
};
