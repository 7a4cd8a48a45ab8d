import type { Columns } from '../../../shared/persistence/columns.js';
import type { RoleAssignmentRecord } from './role-assignment.js';

export const ROLE_ASSIGNMENT_COLUMNS: Columns<RoleAssignmentRecord> = {
  id: 'id',
  realmId: 'realm_id',
  userId: 'user_id',
  roleId: 'role_id',
  organizationId: 'organization_id',
  grantedBy: 'granted_by',
  createdAt: 'created_at',
};
