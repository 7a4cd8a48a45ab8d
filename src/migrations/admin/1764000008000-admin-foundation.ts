import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-ins by day, and how far imports of users have come. */
export class AdminFoundation1764000008000 implements MigrationInterface {
  name = 'AdminFoundation1764000008000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE castellan.daily_counts (
      realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001',
      day date NOT NULL,
      metric varchar(32) NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (realm_id, day, metric)
    )`);
    await queryRunner.query(`CREATE TABLE castellan.user_imports (
      realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001',
      name varchar(200) NOT NULL,
      line integer NOT NULL,
      created integer NOT NULL,
      skipped integer NOT NULL,
      failed integer NOT NULL,
      started_at timestamptz(3) NOT NULL,
      advanced_at timestamptz(3) NOT NULL,
      PRIMARY KEY (realm_id, name)
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE castellan.user_imports');
    await queryRunner.query('DROP TABLE castellan.daily_counts');
  }
}
