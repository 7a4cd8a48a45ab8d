import type { MigrationInterface, QueryRunner } from 'typeorm';

const REALM = `realm_id uuid NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'`;

/** Organizations, their members and teams, and the names of organizations and users. */
export class Organization1764000005000 implements MigrationInterface {
  name = 'Organization1764000005000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const run = (sql: string): Promise<unknown> => queryRunner.query(sql);
    await run(`CREATE TABLE castellan.organizations (
      id uuid PRIMARY KEY,
      ${REALM},
      name varchar(255) COLLATE "C" NOT NULL,
      slug varchar(63) NOT NULL,
      owner_id uuid NOT NULL,
      logo_url varchar(2048),
      metadata jsonb NOT NULL DEFAULT '{}',
      active boolean NOT NULL DEFAULT true,
      personal boolean NOT NULL DEFAULT false,
      member_limit integer,
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3),
      CONSTRAINT organizations_member_limit_check CHECK (member_limit IS NULL OR member_limit > 0)
    )`);
    await run('CREATE UNIQUE INDEX organizations_slug ON castellan.organizations (realm_id, slug)');
    await run('CREATE INDEX organizations_owner ON castellan.organizations (owner_id)');
    await run('CREATE INDEX organizations_created_at ON castellan.organizations (realm_id, created_at, id)');
    await run('CREATE INDEX organizations_name ON castellan.organizations (realm_id, name, id)');

    await run(`CREATE TABLE castellan.organization_members (
      id uuid PRIMARY KEY,
      ${REALM},
      organization_id uuid NOT NULL REFERENCES castellan.organizations (id) ON DELETE CASCADE,
      user_id uuid NOT NULL REFERENCES castellan.users (id) ON DELETE CASCADE,
      role varchar(16) COLLATE "C" NOT NULL,
      joined_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3),
      CONSTRAINT organization_members_user UNIQUE (organization_id, user_id),
      CONSTRAINT organization_members_role_check CHECK (role IN ('owner', 'admin', 'member'))
    )`);
    await run('CREATE INDEX organization_members_user_id ON castellan.organization_members (user_id)');
    await run(
      'CREATE INDEX organization_members_joined_at ON castellan.organization_members (organization_id, joined_at, id)',
    );

    await run(`CREATE TABLE castellan.organization_teams (
      id uuid PRIMARY KEY,
      ${REALM},
      organization_id uuid NOT NULL REFERENCES castellan.organizations (id) ON DELETE CASCADE,
      name varchar(255) COLLATE "C" NOT NULL,
      slug varchar(63) NOT NULL,
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3),
      CONSTRAINT organization_teams_slug UNIQUE (organization_id, slug)
    )`);
    await run(
      'CREATE INDEX organization_teams_created_at ON castellan.organization_teams (organization_id, created_at, id)',
    );

    await run(`CREATE TABLE castellan.organization_team_members (
      id uuid PRIMARY KEY,
      team_id uuid NOT NULL REFERENCES castellan.organization_teams (id) ON DELETE CASCADE,
      organization_id uuid NOT NULL,
      user_id uuid NOT NULL,
      created_at timestamptz(3) NOT NULL,
      CONSTRAINT organization_team_members_user UNIQUE (team_id, user_id),
      CONSTRAINT organization_team_members_member_fkey FOREIGN KEY (organization_id, user_id)
        REFERENCES castellan.organization_members (organization_id, user_id) ON DELETE CASCADE
    )`);
    await run(
      'CREATE INDEX organization_team_members_created_at ON castellan.organization_team_members (team_id, created_at, id)',
    );
    await run(
      'CREATE INDEX organization_team_members_member ON castellan.organization_team_members (organization_id, user_id)',
    );

    await run(`CREATE TABLE castellan.slugs (
      id uuid PRIMARY KEY,
      ${REALM},
      namespace varchar(16) NOT NULL,
      slug varchar(63) NOT NULL,
      kind varchar(16) NOT NULL,
      owner_id uuid NOT NULL,
      current boolean NOT NULL DEFAULT true,
      created_at timestamptz(3) NOT NULL
    )`);
    await run('CREATE UNIQUE INDEX slugs_slug ON castellan.slugs (realm_id, namespace, slug)');
    await run('CREATE INDEX slugs_owner ON castellan.slugs (kind, owner_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [
      'slugs',
      'organization_team_members',
      'organization_teams',
      'organization_members',
      'organizations',
    ]) {
      await queryRunner.query(`DROP TABLE castellan.${table}`);
    }
  }
}
