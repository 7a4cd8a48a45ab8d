import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells access tokens that are out of date from those that are not. */
export class CoreClaimsVersion1764000000100 implements MigrationInterface {
  name = 'CoreClaimsVersion1764000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE castellan.users ADD COLUMN claims_version integer NOT NULL DEFAULT 0',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE castellan.users DROP COLUMN claims_version');
  }
}
