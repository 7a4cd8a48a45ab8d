import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Roles of the platform and of organizations, and who has them. */
export class RbacRoles1764000004000 implements MigrationInterface {
  name = 'RbacRoles1764000004000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...ROLES, ...ASSIGNMENTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE castellan.role_assignments');
    await queryRunner.query('DROP TABLE castellan.roles');
  }
}

const REALM = `realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'`;

const ROLES = [
  `CREATE TABLE castellan.roles (
    id uuid PRIMARY KEY,
    ${REALM},
    organization_id uuid,
    slug varchar(63) NOT NULL,
    name varchar(100) NOT NULL,
    description varchar(500),
    permissions text[] NOT NULL,
    reserved boolean NOT NULL DEFAULT false,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT roles_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
  )`,
  `CREATE UNIQUE INDEX roles_platform_slug ON castellan.roles (realm_id, slug) WHERE organization_id IS NULL`,
  `CREATE UNIQUE INDEX roles_organization_slug ON castellan.roles (realm_id, organization_id, slug) WHERE organization_id IS NOT NULL`,
  `CREATE INDEX roles_created_at ON castellan.roles (realm_id, organization_id, created_at, id)`,
  `CREATE TRIGGER roles_touch BEFORE UPDATE ON castellan.roles FOR EACH ROW EXECUTE FUNCTION castellan.touch_updated_at()`,
];

const ASSIGNMENTS = [
  `CREATE TABLE castellan.role_assignments (
    id uuid PRIMARY KEY,
    ${REALM},
    user_id uuid NOT NULL REFERENCES castellan.users (id) ON DELETE CASCADE,
    role_id uuid NOT NULL REFERENCES castellan.roles (id) ON DELETE CASCADE,
    organization_id uuid,
    granted_by uuid,
    created_at timestamptz(3) NOT NULL
  )`,
  `CREATE UNIQUE INDEX role_assignments_platform ON castellan.role_assignments (realm_id, user_id, role_id) WHERE organization_id IS NULL`,
  `CREATE UNIQUE INDEX role_assignments_organization ON castellan.role_assignments (realm_id, organization_id, user_id, role_id) WHERE organization_id IS NOT NULL`,
  `CREATE INDEX role_assignments_user ON castellan.role_assignments (user_id, created_at, id)`,
  `CREATE INDEX role_assignments_role ON castellan.role_assignments (role_id, created_at, id)`,
];
