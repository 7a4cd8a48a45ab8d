import type { Columns } from '../../../shared/persistence/columns.js';
import type { RoleRecord } from './role.js';

export const ROLE_COLUMNS: Columns<RoleRecord> = {
  id: 'id',
  realmId: 'realm_id',
  organizationId: 'organization_id',
  slug: 'slug',
  name: 'name',
  description: 'description',
  permissions: 'permissions',
  reserved: 'reserved',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};
