import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has been revoked before its access tokens die by themselves. */
export class StatelessBlacklist1764000001000 implements MigrationInterface {
  name = 'StatelessBlacklist1764000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE castellan.blacklist (
      id uuid PRIMARY KEY,
      realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001',
      kind varchar(16) NOT NULL,
      subject uuid NOT NULL,
      user_id uuid NOT NULL,
      min_token_version integer,
      kept_session_id uuid,
      expires_at timestamptz(3) NOT NULL,
      recorded_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT blacklist_kind_check CHECK ((kind = 'session' AND min_token_version IS NULL) OR (kind = 'user' AND min_token_version IS NOT NULL))
    )`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX blacklist_subject ON castellan.blacklist (realm_id, kind, subject)',
    );
    await queryRunner.query('CREATE INDEX blacklist_recorded_at ON castellan.blacklist (recorded_at)');
    await queryRunner.query('CREATE INDEX blacklist_expires_at ON castellan.blacklist (expires_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE castellan.blacklist');
  }
}
