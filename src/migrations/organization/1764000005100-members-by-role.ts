import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members sorted by their role, and those of one role, without reading all the others of a large organization. */
export class OrganizationMembersByRole1764000005100 implements MigrationInterface {
  name = 'OrganizationMembersByRole1764000005100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX organization_members_role ON castellan.organization_members (organization_id, role, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX castellan.organization_members_role');
  }
}
