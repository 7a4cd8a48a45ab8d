import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts at providers. */
export class OauthAccounts1764000002000 implements MigrationInterface {
  name = 'OauthAccounts1764000002000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE castellan.accounts (
      id uuid PRIMARY KEY,
      realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001',
      user_id uuid NOT NULL REFERENCES castellan.users (id) ON DELETE CASCADE,
      type varchar(16) NOT NULL,
      provider varchar(32) NOT NULL,
      provider_account_id varchar(255) NOT NULL,
      issuer varchar(512),
      provider_username varchar(255),
      provider_email varchar(254),
      email_verified boolean NOT NULL,
      scopes text[] NOT NULL,
      token_type varchar(32),
      access_token text,
      refresh_token text,
      id_token text,
      sealed_by varchar(64),
      expires_at timestamptz(3),
      refresh_claimed_until timestamptz(3),
      last_used_at timestamptz(3) NOT NULL,
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3) NOT NULL,
      CONSTRAINT accounts_type_check CHECK ((type = 'oidc' AND issuer IS NOT NULL) OR (type = 'oauth' AND issuer IS NULL)),
      CONSTRAINT accounts_sealed_check CHECK ((sealed_by IS NULL) = (access_token IS NULL AND refresh_token IS NULL AND id_token IS NULL))
    )`);
    for (const statement of INDEXES) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE castellan.accounts');
  }
}

const INDEXES = [
  `CREATE UNIQUE INDEX accounts_provider_account ON castellan.accounts (realm_id, provider, provider_account_id)`,
  `CREATE UNIQUE INDEX accounts_issuer_subject ON castellan.accounts (realm_id, issuer, provider_account_id) WHERE issuer IS NOT NULL`,
  `CREATE INDEX accounts_user ON castellan.accounts (user_id, created_at, id)`,
  `CREATE INDEX accounts_sealed_by ON castellan.accounts (sealed_by) WHERE sealed_by IS NOT NULL`,
  `CREATE TRIGGER accounts_touch BEFORE UPDATE ON castellan.accounts FOR EACH ROW EXECUTE FUNCTION castellan.touch_updated_at()`,
];
