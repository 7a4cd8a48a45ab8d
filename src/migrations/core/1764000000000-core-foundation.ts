import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CREATE_SCHEMA, DROP_SCHEMA } from '../../shared/persistence/schema.js';

/** The schema; accounts, sessions, single-use secrets, counters, pending registrations and the outbox. */
export class CoreFoundation1764000000000 implements MigrationInterface {
  name = 'CoreFoundation1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(CREATE_SCHEMA);
    await queryRunner.query(TOUCH_UPDATED_AT);
    for (const statement of [...USERS, ...SESSIONS, ...SECRETS, ...REGISTRATIONS, ...OUTBOX])
      await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'outbox',
      'pending_registrations',
      'login_attempts',
      'attempt_budgets',
      'tokens',
      'sessions',
      'session_families',
      'users',
    ]) {
      await queryRunner.query(`DROP TABLE castellan.${table}`);
    }
    await queryRunner.query('DROP FUNCTION castellan.touch_updated_at()');
    // Stays where the ledger is in it.
    await queryRunner.query(DROP_SCHEMA);
  }
}

const REALM = `realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'`;

const TOUCH_UPDATED_AT = `
CREATE FUNCTION castellan.touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := greatest(clock_timestamp(), OLD.updated_at);
  RETURN NEW;
END $$`;

const USERS = [
  `CREATE TABLE castellan.users (
    id uuid PRIMARY KEY,
    ${REALM},
    name varchar(200),
    first_name varchar(100),
    last_name varchar(100),
    email varchar(254),
    email_key varchar(254),
    username varchar(30),
    username_key varchar(30),
    phone_number varchar(16),
    password varchar(512),
    avatar varchar(2048),
    biography varchar(2000),
    locale varchar(35),
    active boolean NOT NULL DEFAULT true,
    email_verified boolean NOT NULL DEFAULT false,
    phone_number_verified boolean NOT NULL DEFAULT false,
    is_super_admin boolean NOT NULL DEFAULT false,
    token_version integer NOT NULL DEFAULT 0,
    failed_login_attempts integer NOT NULL DEFAULT 0,
    locked_until timestamptz(3),
    banned_at timestamptz(3),
    banned_until timestamptz(3),
    ban_reason varchar(500),
    banned_by uuid,
    deleted_at timestamptz(3),
    last_login_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT users_email_check CHECK ((email IS NULL) = (email_key IS NULL) AND email <> ''),
    CONSTRAINT users_username_check CHECK ((username IS NULL) = (username_key IS NULL) AND username <> ''),
    CONSTRAINT users_phone_number_check CHECK (phone_number ~ '^\\+[1-9][0-9]{1,14}$'),
    CONSTRAINT users_counters_check CHECK (token_version >= 0 AND failed_login_attempts >= 0)
  )`,
  `CREATE UNIQUE INDEX users_email_key ON castellan.users (realm_id, email_key) WHERE deleted_at IS NULL AND email_key IS NOT NULL`,
  `CREATE UNIQUE INDEX users_username_key ON castellan.users (realm_id, username_key) WHERE deleted_at IS NULL AND username_key IS NOT NULL`,
  `CREATE UNIQUE INDEX users_phone_number_key ON castellan.users (realm_id, phone_number) WHERE deleted_at IS NULL AND phone_number IS NOT NULL`,
  `CREATE INDEX users_created_at ON castellan.users (realm_id, created_at, id)`,
  `CREATE INDEX users_super_admin ON castellan.users (realm_id) WHERE is_super_admin`,
  `CREATE INDEX users_deleted_at ON castellan.users (deleted_at) WHERE deleted_at IS NOT NULL`,
  `CREATE TRIGGER users_touch BEFORE UPDATE ON castellan.users FOR EACH ROW EXECUTE FUNCTION castellan.touch_updated_at()`,
];

const SESSIONS = [
  `CREATE TABLE castellan.session_families (
    id uuid PRIMARY KEY,
    ${REALM},
    user_id uuid NOT NULL REFERENCES castellan.users (id) ON DELETE CASCADE,
    token_version integer NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    revoked_at timestamptz(3),
    revoked_reason varchar(32),
    device_name varchar(100),
    user_agent varchar(512),
    ip_address varchar(45),
    authenticated_at timestamptz(3) NOT NULL,
    methods text[] NOT NULL,
    last_used_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL
  )`,
  `CREATE INDEX session_families_living ON castellan.session_families (user_id, created_at, id) WHERE revoked_at IS NULL`,
  `CREATE INDEX session_families_user ON castellan.session_families (user_id)`,
  `CREATE INDEX session_families_expires_at ON castellan.session_families (expires_at)`,
  `CREATE INDEX session_families_revoked_at ON castellan.session_families (revoked_at) WHERE revoked_at IS NOT NULL`,
  `CREATE TABLE castellan.sessions (
    id uuid PRIMARY KEY,
    family_id uuid NOT NULL REFERENCES castellan.session_families (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES castellan.users (id) ON DELETE CASCADE,
    refresh_token varchar(64) NOT NULL,
    refresh_token_expires_at timestamptz(3) NOT NULL,
    access_token varchar(64),
    expires_at timestamptz(3) NOT NULL,
    claims jsonb NOT NULL,
    user_agent varchar(512),
    ip_address varchar(45),
    replaced_by uuid,
    replaced_at timestamptz(3),
    sealed_answer text,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL
  )`,
  `CREATE UNIQUE INDEX sessions_refresh_token ON castellan.sessions (refresh_token)`,
  `CREATE UNIQUE INDEX sessions_access_token ON castellan.sessions (access_token) WHERE access_token IS NOT NULL`,
  `CREATE INDEX sessions_family ON castellan.sessions (family_id)`,
  `CREATE INDEX sessions_user ON castellan.sessions (user_id)`,
  `CREATE INDEX sessions_refresh_token_expires_at ON castellan.sessions (refresh_token_expires_at)`,
  `CREATE INDEX sessions_sealed ON castellan.sessions (replaced_at) WHERE sealed_answer IS NOT NULL`,
  `CREATE TRIGGER sessions_touch BEFORE UPDATE ON castellan.sessions FOR EACH ROW EXECUTE FUNCTION castellan.touch_updated_at()`,
];

const SECRETS = [
  `CREATE TABLE castellan.tokens (
    id uuid PRIMARY KEY,
    ${REALM},
    user_id uuid REFERENCES castellan.users (id) ON DELETE CASCADE,
    type varchar(64) NOT NULL,
    subject varchar(320) NOT NULL,
    token varchar(64),
    code varchar(128),
    email varchar(254),
    phone_number varchar(16),
    payload jsonb NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    used boolean NOT NULL DEFAULT false,
    used_at timestamptz(3),
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT tokens_secret_check CHECK (token IS NOT NULL OR code IS NOT NULL),
    CONSTRAINT tokens_used_check CHECK (used = (used_at IS NOT NULL))
  )`,
  `CREATE UNIQUE INDEX tokens_token ON castellan.tokens (realm_id, token) WHERE token IS NOT NULL`,
  `CREATE UNIQUE INDEX tokens_subject ON castellan.tokens (realm_id, type, subject) WHERE used = false`,
  `CREATE INDEX tokens_user ON castellan.tokens (user_id)`,
  `CREATE INDEX tokens_expires_at ON castellan.tokens (expires_at)`,
  `CREATE INDEX tokens_used_at ON castellan.tokens (used_at) WHERE used_at IS NOT NULL`,
  `CREATE TABLE castellan.attempt_budgets (
    ${REALM},
    purpose varchar(64) NOT NULL,
    subject varchar(320) NOT NULL,
    attempts integer NOT NULL,
    window_ends_at timestamptz(3) NOT NULL,
    PRIMARY KEY (realm_id, purpose, subject)
  )`,
  `CREATE INDEX attempt_budgets_window ON castellan.attempt_budgets (window_ends_at)`,
  `CREATE TABLE castellan.login_attempts (
    ${REALM},
    key varchar(128) NOT NULL,
    attempts integer NOT NULL,
    locked_until timestamptz(3),
    updated_at timestamptz(3) NOT NULL,
    PRIMARY KEY (realm_id, key)
  )`,
  `CREATE INDEX login_attempts_updated_at ON castellan.login_attempts (updated_at)`,
];

const REGISTRATIONS = [
  `CREATE TABLE castellan.pending_registrations (
    id uuid PRIMARY KEY,
    ${REALM},
    email varchar(254),
    email_key varchar(254),
    phone_number varchar(16),
    username varchar(30),
    password varchar(512) NOT NULL,
    name varchar(200),
    first_name varchar(100),
    last_name varchar(100),
    locale varchar(35),
    expires_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL
  )`,
  `CREATE INDEX pending_registrations_email ON castellan.pending_registrations (realm_id, email_key, created_at)`,
  `CREATE INDEX pending_registrations_phone_number ON castellan.pending_registrations (realm_id, phone_number, created_at)`,
  `CREATE INDEX pending_registrations_expires_at ON castellan.pending_registrations (expires_at)`,
];

const OUTBOX = [
  `CREATE TABLE castellan.outbox (
    id uuid PRIMARY KEY,
    ${REALM},
    topic varchar(64) NOT NULL,
    payload text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    available_at timestamptz(3) NOT NULL,
    claimed_until timestamptz(3),
    done_at timestamptz(3),
    failed_at timestamptz(3),
    last_error varchar(500),
    created_at timestamptz(3) NOT NULL
  )`,
  `CREATE INDEX outbox_due ON castellan.outbox (available_at, id) WHERE done_at IS NULL AND failed_at IS NULL`,
  `CREATE INDEX outbox_done ON castellan.outbox (done_at) WHERE done_at IS NOT NULL`,
];
