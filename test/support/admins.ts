import { UserAdministrationRepository } from '../../src/modules/core/index.js';
import { type Account, logIn, signUp, type Tokens } from './accounts.js';
import type { TestApp } from './test-app.js';

export type Admin = Account & Tokens;

/** A super admin beside those that are there. */
export async function anotherSuperAdmin(app: TestApp): Promise<Admin> {
  const account = await signUp(app);
  await makeSuperAdmin(app, account.id);
  return { ...account, ...(await logIn(app, account)) };
}

/** Past every rule. */
export async function makeSuperAdmin(app: TestApp, userId: string): Promise<void> {
  await app.app.get(UserAdministrationRepository, { strict: false }).setSuperAdmin(userId, true);
}

/** Takes every super admin away but these, past every rule. */
export async function onlySuperAdmins(app: TestApp, ...ids: readonly string[]): Promise<void> {
  await app.sql('UPDATE castellan.users SET is_super_admin = id = ANY ($1::uuid[]) WHERE is_super_admin', [
    ids,
  ]);
}
