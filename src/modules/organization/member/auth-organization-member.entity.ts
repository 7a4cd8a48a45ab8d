import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../../core/index.js';
import { AuthOrganization } from '../organization/auth-organization.entity.js';
import type { MemberRole } from './member.js';

@Entity({ schema: 'castellan', name: 'organization_members' })
@Unique('organization_members_user', ['organizationId', 'userId'])
@Index('organization_members_user_id', ['userId'])
@Index('organization_members_role', ['organizationId', 'role', 'id'])
@Index('organization_members_joined_at', ['organizationId', 'joinedAt', 'id'])
@Check('organization_members_role_check', `role IN ('owner', 'admin', 'member')`)
export class AuthOrganizationMember {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organization_members_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('uuid', { name: 'organization_id' })
  @ForeignKey(() => AuthOrganization, {
    name: 'organization_members_organization_id_fkey',
    onDelete: 'CASCADE',
  })
  organizationId!: string;

  @Column('uuid', { name: 'user_id' })
  @ForeignKey(() => AuthUser, { name: 'organization_members_user_id_fkey', onDelete: 'CASCADE' })
  userId!: string;

  @Column({ type: 'varchar', length: 16, collation: 'C' })
  role!: MemberRole;

  @Column({ type: 'timestamptz', name: 'joined_at', precision: 3 })
  joinedAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, nullable: true })
  updatedAt!: Date | null;
}
