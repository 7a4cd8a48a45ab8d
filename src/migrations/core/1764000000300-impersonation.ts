import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions say who acts in them; lists and counts of administrators have their indexes. */
export class CoreImpersonation1764000000300 implements MigrationInterface {
  name = 'CoreImpersonation1764000000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [
      `ALTER TABLE castellan.session_families
         ADD COLUMN impersonator_id uuid CONSTRAINT session_families_impersonator_id_fkey REFERENCES castellan.users (id) ON DELETE CASCADE,
         ADD COLUMN impersonator_session_id uuid`,
      `CREATE INDEX session_families_impersonator ON castellan.session_families (impersonator_id) WHERE impersonator_id IS NOT NULL`,
      `CREATE INDEX session_families_open ON castellan.session_families (realm_id, expires_at) WHERE revoked_at IS NULL`,
      `CREATE INDEX users_banned ON castellan.users (realm_id, banned_until) WHERE banned_at IS NOT NULL AND deleted_at IS NULL`,
      `CREATE INDEX users_inactive ON castellan.users (realm_id, created_at, id) WHERE NOT active AND deleted_at IS NULL`,
      `CREATE INDEX users_unverified ON castellan.users (realm_id, created_at, id) WHERE NOT email_verified AND deleted_at IS NULL`,
    ])
      await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const index of ['users_unverified', 'users_inactive', 'users_banned', 'session_families_open'])
      await queryRunner.query(`DROP INDEX castellan.${index}`);
    await queryRunner.query(
      'ALTER TABLE castellan.session_families DROP COLUMN impersonator_session_id, DROP COLUMN impersonator_id',
    );
  }
}
