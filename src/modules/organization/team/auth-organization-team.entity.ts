import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthOrganization } from '../organization/auth-organization.entity.js';

@Entity({ schema: 'castellan', name: 'organization_teams' })
@Unique('organization_teams_slug', ['organizationId', 'slug'])
@Index('organization_teams_created_at', ['organizationId', 'createdAt', 'id'])
export class AuthOrganizationTeam {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organization_teams_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('uuid', { name: 'organization_id' })
  @ForeignKey(() => AuthOrganization, {
    name: 'organization_teams_organization_id_fkey',
    onDelete: 'CASCADE',
  })
  organizationId!: string;

  @Column({ type: 'varchar', length: 255, collation: 'C' })
  name!: string;

  @Column('varchar', { length: 63 })
  slug!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3, nullable: true })
  updatedAt!: Date | null;
}
