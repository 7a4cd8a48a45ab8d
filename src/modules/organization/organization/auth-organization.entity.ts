import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';

@Entity({ schema: 'castellan', name: 'organizations' })
@Index('organizations_slug', ['realmId', 'slug'], { unique: true })
@Index('organizations_owner', ['ownerId'])
@Index('organizations_created_at', ['realmId', 'createdAt', 'id'])
@Index('organizations_name', ['realmId', 'name', 'id'])
@Check('organizations_member_limit_check', 'member_limit IS NULL OR member_limit > 0')
export class AuthOrganization {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organizations_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column({ type: 'varchar', length: 255, collation: 'C' })
  name!: string;

  @Column('varchar', { length: 63 })
  slug!: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('varchar', { name: 'logo_url', length: 2048, nullable: true })
  logoUrl!: string | null;

  @Column('jsonb', { default: {} })
  metadata!: Record<string, unknown>;

  @Column('boolean', { default: true })
  active!: boolean;

  @Column('boolean', { default: false })
  personal!: boolean;

  @Column('integer', { name: 'member_limit', nullable: true })
  memberLimit!: number | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, nullable: true })
  updatedAt!: Date | null;
}
