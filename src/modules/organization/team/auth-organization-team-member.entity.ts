import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AuthOrganizationMember } from '../member/auth-organization-member.entity.js';
import { AuthOrganizationTeam } from './auth-organization-team.entity.js';

@Entity({ schema: 'castellan', name: 'organization_team_members' })
@Unique('organization_team_members_user', ['teamId', 'userId'])
@Index('organization_team_members_created_at', ['teamId', 'createdAt', 'id'])
@Index('organization_team_members_member', ['organizationId', 'userId'])
// Who leaves the organization leaves its teams.
@ForeignKey(() => AuthOrganizationMember, ['organizationId', 'userId'], ['organizationId', 'userId'], {
  name: 'organization_team_members_member_fkey',
  onDelete: 'CASCADE',
})
export class AuthOrganizationTeamMember {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'organization_team_members_pkey' })
  id!: string;

  @Column('uuid', { name: 'team_id' })
  @ForeignKey(() => AuthOrganizationTeam, {
    name: 'organization_team_members_team_id_fkey',
    onDelete: 'CASCADE',
  })
  teamId!: string;

  @Column('uuid', { name: 'organization_id' })
  organizationId!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
