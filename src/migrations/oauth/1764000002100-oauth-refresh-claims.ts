import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Says whose claim to refresh an account's tokens it is, so that nobody gives back another's. */
export class OauthRefreshClaims1764000002100 implements MigrationInterface {
  name = 'OauthRefreshClaims1764000002100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE castellan.accounts ADD COLUMN refresh_claimed_by uuid');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE castellan.accounts DROP COLUMN refresh_claimed_by');
  }
}
