import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which node runs a job of background work, and when it is due next. */
export class CoreJobs1764000000800 implements MigrationInterface {
  name = 'CoreJobs1764000000800';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE castellan.jobs (
      name varchar(100) PRIMARY KEY,
      due_at timestamptz(3) NOT NULL,
      holder uuid,
      held_until timestamptz(3)
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE castellan.jobs');
  }
}
