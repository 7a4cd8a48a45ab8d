import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a session check depends on; a login or a refresh changes none of it. */
const USER_COLUMNS = [
  'active',
  'email_key',
  'username_key',
  'phone_number',
  'email_verified',
  'phone_number_verified',
  'is_super_admin',
  'token_version',
  'claims_version',
  'banned_at',
  'banned_until',
  'deleted_at',
];
const FAMILY_COLUMNS = ['revoked_at', 'token_version', 'expires_at', 'authenticated_at', 'methods'];

const differs = (columns: readonly string[]): string =>
  `(${columns.map((name) => `OLD.${name}`).join(', ')}) IS DISTINCT FROM (${columns.map((name) => `NEW.${name}`).join(', ')})`;

const note = (name: string, columns: string, values: string): string => `
  CREATE FUNCTION castellan.${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO castellan.account_changes (realm_id, ${columns}, transaction_id)
    VALUES (OLD.realm_id, ${values}, pg_current_xact_id()::text::bigint);
    RETURN NULL;
  END $$`;

const UP = [
  `CREATE TABLE castellan.account_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001',
    user_id uuid NOT NULL,
    family_id uuid,
    transaction_id bigint NOT NULL,
    recorded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
  )`,
  'CREATE INDEX account_changes_transaction_id ON castellan.account_changes (transaction_id)',
  'CREATE INDEX account_changes_recorded_at ON castellan.account_changes (recorded_at)',
  note('note_user_change', 'user_id', 'OLD.id'),
  note('note_family_change', 'user_id, family_id', 'OLD.user_id, OLD.id'),
  `CREATE TRIGGER users_changed AFTER UPDATE ON castellan.users FOR EACH ROW
    WHEN (${differs(USER_COLUMNS)}) EXECUTE FUNCTION castellan.note_user_change()`,
  'CREATE TRIGGER users_removed AFTER DELETE ON castellan.users FOR EACH ROW EXECUTE FUNCTION castellan.note_user_change()',
  `CREATE TRIGGER session_families_changed AFTER UPDATE ON castellan.session_families FOR EACH ROW
    WHEN (${differs(FAMILY_COLUMNS)}) EXECUTE FUNCTION castellan.note_family_change()`,
  // Those that ended before have been told already.
  `CREATE TRIGGER session_families_removed AFTER DELETE ON castellan.session_families FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND OLD.expires_at > now()) EXECUTE FUNCTION castellan.note_family_change()`,
];

const DOWN = [
  'DROP TRIGGER session_families_removed ON castellan.session_families',
  'DROP TRIGGER session_families_changed ON castellan.session_families',
  'DROP TRIGGER users_removed ON castellan.users',
  'DROP TRIGGER users_changed ON castellan.users',
  'DROP FUNCTION castellan.note_family_change()',
  'DROP FUNCTION castellan.note_user_change()',
  'DROP TABLE castellan.account_changes',
];

/** What nodes that cache session checks have to hear of, written by the database itself: no writer can forget it. */
export class CoreAccountChanges1764000000700 implements MigrationInterface {
  name = 'CoreAccountChanges1764000000700';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}
