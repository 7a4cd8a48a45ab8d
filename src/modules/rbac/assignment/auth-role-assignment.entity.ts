import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../../core/index.js';
import { AuthRole } from '../role/auth-role.entity.js';
import type { RoleAssignmentRecord } from './role-assignment.js';

@Entity({ schema: 'castellan', name: 'role_assignments' })
@Index('role_assignments_platform', ['realmId', 'userId', 'roleId'], {
  unique: true,
  where: 'organization_id IS NULL',
})
@Index('role_assignments_organization', ['realmId', 'organizationId', 'userId', 'roleId'], {
  unique: true,
  where: 'organization_id IS NOT NULL',
})
@Index('role_assignments_user', ['userId', 'createdAt', 'id'])
@Index('role_assignments_role', ['roleId', 'createdAt', 'id'])
export class AuthRoleAssignment implements RoleAssignmentRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'role_assignments_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @ForeignKey(() => AuthUser, { name: 'role_assignments_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @ForeignKey(() => AuthRole, { name: 'role_assignments_role_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'role_id' })
  roleId!: string;

  /** No foreign key: organizations are another module's. */
  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId!: string | null;

  @Column('uuid', { name: 'granted_by', nullable: true })
  grantedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
