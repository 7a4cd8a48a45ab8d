import { MemberAdmission, type MemberRole } from '../../src/modules/organization/index.js';
import { SYSTEM_CLIENT } from '../../src/shared/http/client-info.js';
import type { Answer } from '../../src/testing/test-client.js';
import { type Account, freshName, signUpAndLogIn, type Tokens } from './accounts.js';
import type { TestApp } from './test-app.js';

export type Person = Account & Tokens;

/** An organization with one member of each role, and a stranger. */
export interface Cast {
  readonly id: string;
  readonly slug: string;
  readonly owner: Person;
  readonly admin: Person;
  readonly member: Person;
  readonly stranger: Person;
}

export function createOrganization(
  app: TestApp,
  owner: Pick<Tokens, 'access'>,
  fields: object = {},
): Promise<Answer> {
  const body = { name: 'Engines', slug: freshName('org-'), ...fields };
  return app.api.post('/organizations', body, { token: owner.access });
}

/** Makes somebody a member, without an invitation. */
export async function admit(
  app: TestApp,
  organizationId: string,
  userId: string,
  role: MemberRole,
): Promise<void> {
  await app.app
    .get(MemberAdmission, { strict: false })
    .admit({ organizationId, userId, role }, { actorId: null, client: SYSTEM_CLIENT });
}

export async function cast(app: TestApp): Promise<Cast> {
  const [owner, admin, member, stranger] = await Promise.all(
    Array.from({ length: 4 }, () => signUpAndLogIn(app)),
  );
  if (!owner || !admin || !member || !stranger) throw new Error('Four people are needed.');
  const { body } = await createOrganization(app, owner);
  await admit(app, body.id, admin.id, 'admin');
  await admit(app, body.id, member.id, 'member');
  return { id: body.id, slug: String(body['slug']), owner, admin, member, stranger };
}
