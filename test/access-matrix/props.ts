import { TeamService } from '../../src/modules/organization/index.js';
import { RoleAssignments, RoleService, SYSTEM_GRANTOR } from '../../src/modules/rbac/index.js';
import { SYSTEM_CLIENT } from '../../src/shared/http/client-info.js';
import { freshName } from '../support/accounts.js';
import { admit } from '../support/organizations.js';
import type { TestApp } from '../support/test-app.js';
import { makeUser, type Person } from './people.js';

/** What there is in an organization; each is made once, when a row asks for it. */
export class Props {
  private readonly made = new Map<string, Promise<string>>();

  constructor(
    private readonly app: TestApp,
    private readonly organizationId: string,
    private readonly owner: Pick<Person, 'id'>,
  ) {}

  /** A member whom nobody acts as. */
  get subjectId(): Promise<string> {
    return this.once('subject', () => this.join('member'));
  }

  /** One more of them, without a role and in no team. */
  get newcomerId(): Promise<string> {
    return this.once('newcomer', () => this.join('member'));
  }

  /** One more owner. */
  get coOwnerId(): Promise<string> {
    return this.once('co-owner', () => this.join('owner'));
  }

  /** A team; the subject is in it. */
  get teamId(): Promise<string> {
    return this.once('team', async () => {
      const teams = this.app.app.get(TeamService, { strict: false });
      const team = { name: 'Team', slug: freshName('team-') };
      const { id } = await teams.create(this.owner.id, this.organizationId, team, SYSTEM_CLIENT);
      await teams.addMember(this.owner.id, this.organizationId, id, await this.subjectId, SYSTEM_CLIENT);
      return id;
    });
  }

  /** A role of the organization; the subject has it. */
  get roleId(): Promise<string> {
    return this.once('role', () => this.give(this.organizationId));
  }

  /** A role of the platform; the subject has it. */
  get platformRoleId(): Promise<string> {
    return this.once('platform role', () => this.give(null));
  }

  /** What another module has there. */
  once(name: string, make: () => Promise<string>): Promise<string> {
    const known = this.made.get(name) ?? make();
    this.made.set(name, known);
    return known;
  }

  private async join(role: 'member' | 'owner'): Promise<string> {
    const { id } = await makeUser(this.app);
    await admit(this.app, this.organizationId, id, role);
    return id;
  }

  private async give(scope: string | null): Promise<string> {
    const slug = freshName('r');
    const input = { slug, name: slug, permissions: ['team:read'] };
    const role = await this.app.app
      .get(RoleService, { strict: false })
      .create(scope, input, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    await this.app.app
      .get(RoleAssignments, { strict: false })
      .assign(scope, role.id, await this.subjectId, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    return role.id;
  }
}
