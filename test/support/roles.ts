import { expect } from '@jest/globals';
import { AdminBootstrap } from '../../src/modules/core/index.js';
import {
  RoleAssignments,
  type RoleRecord,
  RoleService,
  SYSTEM_GRANTOR,
} from '../../src/modules/rbac/index.js';
import { SYSTEM_CLIENT } from '../../src/shared/http/client-info.js';
import {
  type Account,
  freshEmail,
  freshName,
  logIn,
  PASSWORD,
  signUpAndLogIn,
  type Tokens,
} from './accounts.js';
import type { TestApp } from './test-app.js';

/** Signs the app's super admin in. */
export async function superAdmin(app: TestApp): Promise<Tokens & { readonly id: string }> {
  const bootstrap = app.app.get(AdminBootstrap, { strict: false });
  await bootstrap.createFirst(freshEmail('root'), PASSWORD);
  const [admin] = await app.sql<{ id: string; email: string }>(
    'SELECT id, email FROM castellan.users WHERE is_super_admin',
  );
  expect(admin).toBeDefined();
  return { id: admin?.id ?? '', ...(await logIn(app, { email: admin?.email ?? '', password: PASSWORD })) };
}

/** A role of the platform, past every ceiling. */
export function makeRole(
  app: TestApp,
  permissions: readonly string[],
  slug = freshName('r'),
): Promise<RoleRecord> {
  const roles = app.app.get(RoleService, { strict: false });
  return roles.create(null, { slug, name: slug, permissions }, SYSTEM_GRANTOR, SYSTEM_CLIENT);
}

export async function giveRole(app: TestApp, roleId: string, userId: string): Promise<void> {
  const assignments = app.app.get(RoleAssignments, { strict: false });
  await assignments.assign(null, roleId, userId, SYSTEM_GRANTOR, SYSTEM_CLIENT);
}

/** Somebody who holds these permissions, by a role of their own. */
export async function holderOf(
  app: TestApp,
  ...permissions: readonly string[]
): Promise<Account & Tokens & { readonly role: RoleRecord }> {
  const account = await signUpAndLogIn(app);
  const role = await makeRole(app, permissions);
  await giveRole(app, role.id, account.id);
  return { ...account, role, ...(await logIn(app, account)) };
}
