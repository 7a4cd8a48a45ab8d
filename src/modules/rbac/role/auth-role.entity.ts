import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { RoleRecord } from './role.js';

@Entity({ schema: 'castellan', name: 'roles' })
@Index('roles_platform_slug', ['realmId', 'slug'], { unique: true, where: 'organization_id IS NULL' })
@Index('roles_organization_slug', ['realmId', 'organizationId', 'slug'], {
  unique: true,
  where: 'organization_id IS NOT NULL',
})
@Index('roles_created_at', ['realmId', 'organizationId', 'createdAt', 'id'])
@Check('roles_slug_check', `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
export class AuthRole implements RoleRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'roles_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  /** No foreign key: organizations are another module's. */
  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId!: string | null;

  @Column('varchar', { length: 63 })
  slug!: string;

  @Column('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 500, nullable: true })
  description!: string | null;

  @Column('text', { array: true })
  permissions!: string[];

  @Column('boolean', { default: false })
  reserved!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
