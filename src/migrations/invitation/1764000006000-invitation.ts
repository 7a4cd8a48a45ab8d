import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Invitations to the platform and into organizations. */
export class Invitation1764000006000 implements MigrationInterface {
  name = 'Invitation1764000006000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE castellan.invitations (
      id uuid PRIMARY KEY,
      realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001',
      organization_id uuid,
      role varchar(16),
      purpose varchar(64) COLLATE "C" NOT NULL,
      email varchar(254),
      user_id uuid REFERENCES castellan.users (id) ON DELETE CASCADE,
      invitee varchar(508) COLLATE "C" NOT NULL,
      inviter_id uuid REFERENCES castellan.users (id) ON DELETE CASCADE,
      status varchar(16) COLLATE "C" NOT NULL DEFAULT 'pending',
      metadata jsonb NOT NULL DEFAULT '{}',
      locale varchar(35),
      expires_at timestamptz(3) NOT NULL,
      sent_at timestamptz(3) NOT NULL,
      created_at timestamptz(3) NOT NULL,
      accepted_by uuid REFERENCES castellan.users (id) ON DELETE CASCADE,
      acted_at timestamptz(3),
      CONSTRAINT invitations_invitee_check CHECK ((email IS NULL) <> (user_id IS NULL)),
      CONSTRAINT invitations_role_check CHECK ((role IS NULL) = (organization_id IS NULL)),
      CONSTRAINT invitations_status_check CHECK (status IN ('pending', 'accepted', 'declined', 'revoked', 'expired') AND (status = 'pending') = (acted_at IS NULL)),
      CONSTRAINT invitations_accepted_check CHECK (accepted_by IS NULL OR status = 'accepted')
    )`);
    for (const statement of INDEXES) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE castellan.invitations');
  }
}

const INDEXES = [
  `CREATE UNIQUE INDEX invitations_pending_organization ON castellan.invitations (organization_id, invitee) WHERE status = 'pending' AND organization_id IS NOT NULL`,
  `CREATE UNIQUE INDEX invitations_pending_platform ON castellan.invitations (realm_id, purpose, invitee) WHERE status = 'pending' AND organization_id IS NULL`,
  'CREATE INDEX invitations_organization ON castellan.invitations (organization_id, created_at, id)',
  'CREATE INDEX invitations_platform ON castellan.invitations (realm_id, created_at, id) WHERE organization_id IS NULL',
  'CREATE INDEX invitations_inviter ON castellan.invitations (inviter_id, created_at, id)',
  'CREATE INDEX invitations_invitee ON castellan.invitations (invitee, created_at, id)',
  'CREATE INDEX invitations_user ON castellan.invitations (user_id) WHERE user_id IS NOT NULL',
  'CREATE INDEX invitations_accepted_by ON castellan.invitations (accepted_by) WHERE accepted_by IS NOT NULL',
  `CREATE INDEX invitations_due ON castellan.invitations (expires_at) WHERE status = 'pending'`,
  'CREATE INDEX invitations_acted ON castellan.invitations (acted_at) WHERE acted_at IS NOT NULL',
];
