import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of accounts sort by the collation "C", as their cursors do. NULLs are in the index too, above every value. */
const SORTS = { email: 'email_key', username: 'username_key', name: 'name' };

/**
 * Search looks for text anywhere, which only trigrams answer by index. The extension is the database's: it may be there, in whatever schema, and what else
 * uses it would not outlive its removal, so it stays.
 */
const SEARCH = `DO $$
DECLARE
  trigrams text;
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
  EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file THEN
    RAISE EXCEPTION USING ERRCODE = SQLSTATE,
      MESSAGE = 'Searching accounts needs the extension pg_trgm, which comes with PostgreSQL: ' || SQLERRM
        || '. Install the contrib modules of the server, or have its administrator run CREATE EXTENSION pg_trgm in this database, and start again.';
  END;
  SELECT format('%I.gin_trgm_ops', n.nspname) INTO trigrams
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
  EXECUTE format(
    'CREATE INDEX users_search ON castellan.users USING gin (lower(name) %1$s, email_key %1$s, username_key %1$s, phone_number %1$s)',
    trigrams);
END $$`;

/** Every list of accounts by an index, however many there are. */
export class CoreUserListing1764000000900 implements MigrationInterface {
  name = 'CoreUserListing1764000000900';

  async up(queryRunner: QueryRunner): Promise<void> {
    // A sign-in changes a row, a change of a role the rows of all who have it: with room in its page a row's new version needs no entry in any index, and these are many now.
    await queryRunner.query('ALTER TABLE castellan.users SET (fillfactor = 50)');
    for (const [field, column] of Object.entries(SORTS))
      await queryRunner.query(
        `CREATE INDEX users_sort_${field} ON castellan.users (realm_id, ${column} COLLATE "C", id)`,
      );
    await queryRunner.query(
      'CREATE INDEX users_deleted ON castellan.users (realm_id, created_at, id) WHERE deleted_at IS NOT NULL',
    );
    await queryRunner.query(SEARCH);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE castellan.users RESET (fillfactor)');
    for (const index of ['search', 'deleted', ...Object.keys(SORTS).map((field) => `sort_${field}`)])
      await queryRunner.query(`DROP INDEX castellan.users_${index}`);
  }
}
