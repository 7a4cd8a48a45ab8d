import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Access tokens that say what is no longer so, beside those that were revoked. */
export class StatelessStaleClaims1764000001100 implements MigrationInterface {
  name = 'StatelessStaleClaims1764000001100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE castellan.blacklist
      ADD COLUMN min_claims_version integer,
      DROP CONSTRAINT blacklist_kind_check,
      ADD CONSTRAINT blacklist_kind_check
        CHECK ((kind = 'user') = (min_token_version IS NOT NULL) AND (kind = 'claims') = (min_claims_version IS NOT NULL))`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DELETE FROM castellan.blacklist WHERE kind = 'claims'`);
    await queryRunner.query(`ALTER TABLE castellan.blacklist
      DROP CONSTRAINT blacklist_kind_check,
      DROP COLUMN min_claims_version,
      ADD CONSTRAINT blacklist_kind_check
        CHECK ((kind = 'session' AND min_token_version IS NULL) OR (kind = 'user' AND min_token_version IS NOT NULL))`);
  }
}
