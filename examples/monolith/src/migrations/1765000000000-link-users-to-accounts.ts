import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The one change that mounting Castellan makes to the host's tables. Runs after Castellan's own migrations. */
export class LinkUsersToAccounts1765000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE public.users ADD COLUMN castellan_user_id uuid UNIQUE REFERENCES castellan.users (id) ON DELETE SET NULL',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE public.users DROP COLUMN castellan_user_id');
  }
}
