import type { MigrationInterface, QueryRunner } from 'typeorm';

const OWNED = `realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001',
  user_id uuid NOT NULL REFERENCES castellan.users (id) ON DELETE CASCADE`;

/** Second factors, backup codes and trusted devices. */
export class TwoFactor1764000003000 implements MigrationInterface {
  name = 'TwoFactor1764000003000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...FACTORS, ...BACKUP_CODES, ...DEVICES]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['trusted_devices', 'backup_codes', 'two_factors'])
      await queryRunner.query(`DROP TABLE castellan.${table}`);
  }
}

const FACTORS = [
  `CREATE TABLE castellan.two_factors (
    id uuid PRIMARY KEY,
    ${OWNED},
    method varchar(16) NOT NULL,
    secret text,
    pending_secret text,
    pending_at timestamptz(3),
    phone_number varchar(16),
    enabled boolean NOT NULL DEFAULT false,
    verified boolean NOT NULL DEFAULT false,
    confirmed_at timestamptz(3),
    last_used_step integer,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT two_factors_method_check CHECK (method IN ('totp', 'sms', 'email')),
    CONSTRAINT two_factors_enabled_check CHECK (enabled = verified AND enabled = (confirmed_at IS NOT NULL)),
    CONSTRAINT two_factors_pending_check CHECK ((pending_secret IS NULL) = (pending_at IS NULL)),
    CONSTRAINT two_factors_secret_check CHECK (NOT enabled OR ((method = 'totp') = (secret IS NOT NULL) AND (method = 'sms') = (phone_number IS NOT NULL)))
  )`,
  'CREATE UNIQUE INDEX two_factors_method ON castellan.two_factors (realm_id, user_id, method)',
  'CREATE INDEX two_factors_user ON castellan.two_factors (user_id)',
  'CREATE INDEX two_factors_unconfirmed ON castellan.two_factors (pending_at) WHERE NOT enabled',
  'CREATE TRIGGER two_factors_touch BEFORE UPDATE ON castellan.two_factors FOR EACH ROW EXECUTE FUNCTION castellan.touch_updated_at()',
];

const BACKUP_CODES = [
  `CREATE TABLE castellan.backup_codes (
    id uuid PRIMARY KEY,
    ${OWNED},
    selector varchar(8) NOT NULL,
    code varchar(128) NOT NULL,
    used boolean NOT NULL DEFAULT false,
    used_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT backup_codes_used_check CHECK (used = (used_at IS NOT NULL))
  )`,
  'CREATE UNIQUE INDEX backup_codes_selector ON castellan.backup_codes (realm_id, user_id, selector)',
  'CREATE INDEX backup_codes_user ON castellan.backup_codes (user_id)',
];

const DEVICES = [
  `CREATE TABLE castellan.trusted_devices (
    id uuid PRIMARY KEY,
    ${OWNED},
    token varchar(64) NOT NULL,
    name varchar(100),
    user_agent varchar(512),
    ip_address varchar(45),
    last_used_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL
  )`,
  'CREATE UNIQUE INDEX trusted_devices_token ON castellan.trusted_devices (realm_id, user_id, token)',
  'CREATE INDEX trusted_devices_user ON castellan.trusted_devices (user_id, created_at, id)',
  'CREATE INDEX trusted_devices_expires_at ON castellan.trusted_devices (expires_at)',
];
