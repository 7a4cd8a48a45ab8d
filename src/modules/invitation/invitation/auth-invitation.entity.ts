import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../../core/index.js';
import type { InvitationRecord, InvitationStatus, InvitedRole } from './invitation.js';

@Entity({ schema: 'castellan', name: 'invitations' })
@Index('invitations_pending_organization', ['organizationId', 'invitee'], {
  unique: true,
  where: `status = 'pending' AND organization_id IS NOT NULL`,
})
@Index('invitations_pending_platform', ['realmId', 'purpose', 'invitee'], {
  unique: true,
  where: `status = 'pending' AND organization_id IS NULL`,
})
@Index('invitations_organization', ['organizationId', 'createdAt', 'id'])
@Index('invitations_platform', ['realmId', 'createdAt', 'id'], { where: 'organization_id IS NULL' })
@Index('invitations_inviter', ['inviterId', 'createdAt', 'id'])
@Index('invitations_invitee', ['invitee', 'createdAt', 'id'])
@Index('invitations_user', ['userId'], { where: 'user_id IS NOT NULL' })
@Index('invitations_accepted_by', ['acceptedBy'], { where: 'accepted_by IS NOT NULL' })
@Index('invitations_due', ['expiresAt'], { where: `status = 'pending'` })
@Index('invitations_acted', ['actedAt'], { where: 'acted_at IS NOT NULL' })
@Check('invitations_invitee_check', '(email IS NULL) <> (user_id IS NULL)')
@Check('invitations_role_check', '(role IS NULL) = (organization_id IS NULL)')
@Check(
  'invitations_status_check',
  `status IN ('pending', 'accepted', 'declined', 'revoked', 'expired') AND (status = 'pending') = (acted_at IS NULL)`,
)
@Check('invitations_accepted_check', `accepted_by IS NULL OR status = 'accepted'`)
export class AuthInvitation implements InvitationRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'invitations_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  /** Without a foreign key: the table of organizations is another module's, which may not be mounted. */
  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId!: string | null;

  @Column('varchar', { length: 16, nullable: true })
  role!: InvitedRole | null;

  @Column({ type: 'varchar', length: 64, collation: 'C' })
  purpose!: string;

  @Column('varchar', { length: 254, nullable: true })
  email!: string | null;

  @ForeignKey(() => AuthUser, { name: 'invitations_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column({ type: 'varchar', length: 508, collation: 'C' })
  invitee!: string;

  @ForeignKey(() => AuthUser, { name: 'invitations_inviter_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'inviter_id', nullable: true })
  inviterId!: string | null;

  @Column({ type: 'varchar', length: 16, collation: 'C', default: 'pending' })
  status!: InvitationStatus;

  @Column('jsonb', { default: {} })
  metadata!: Record<string, unknown>;

  @Column('varchar', { length: 35, nullable: true })
  locale!: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'sent_at', precision: 3 })
  sentAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @ForeignKey(() => AuthUser, { name: 'invitations_accepted_by_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'accepted_by', nullable: true })
  acceptedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'acted_at', precision: 3, nullable: true })
  actedAt!: Date | null;
}
