import { UserRepository } from '../../../src/modules/core/index.js';
import { RoleService } from '../../../src/modules/rbac/index.js';
import { freshEmail, freshName, PASSWORD } from '../../support/accounts.js';
import { makePerson, makeUser } from '../people.js';
import { row, type Row } from '../row.js';
import type { Scene } from '../scene.js';

type Params = Readonly<Record<string, string>>;

const reason = 'A report';
const subject = async ({ props }: Scene): Promise<Params> => ({ id: await props.subjectId });
const onSubject = async (scene: Scene): Promise<{ params: Params }> => ({ params: await subject(scene) });

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const ADMIN_ROWS: readonly Row[] = [
  row('admin_listUsers', '4 3 333 33 4 + 3'),
  row('admin_createUser', '4 3 333 33 4 + 3', () => ({ body: { email: freshEmail() } })),
  row('admin_getUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_updateUser', '4 3 333 33 4 + 3', async (scene) => ({
    params: await subject(scene),
    body: { name: 'Other' },
  })),
  row('admin_deleteUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_banUser', '4 3 333 33 4 + 3', async (scene) => ({
    params: await subject(scene),
    body: { reason },
  })),
  row('admin_unbanUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_activateUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_deactivateUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_unlockUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_verifyEmail', '4 3 333 33 4 + 3', async (scene) => ({
    params: await subject(scene),
    body: { verified: false },
  })),
  row('admin_verifyPhone', '4 3 333 33 4 + 3', async (scene) => ({
    params: await subject(scene),
    body: { verified: false },
  })),
  row('admin_grantSuperAdmin', '4 3 333 33 4 + 3', onSubject, { variant: 'to somebody' }),
  row('admin_grantSuperAdmin', '4 3 333 33 4 + 3', ({ me }) => ({ params: { id: me.id } }), {
    variant: 'to oneself',
  }),
  row('admin_revokeSuperAdmin', '4 3 333 33 4 + 3', async ({ app, props }) => ({
    params: {
      id: await props.once('super admin', async () => (await makeUser(app, { isSuperAdmin: true })).id),
    },
  })),
  row('admin_setPassword', '4 3 333 33 4 + 3', async (scene) => ({
    params: await subject(scene),
    body: { password: PASSWORD },
  })),
  row('admin_forcePasswordReset', '4 3 333 33 4 + 3', onSubject),
  row('admin_purgeUsers', '4 3 333 33 4 + 3', () => ({
    body: { deleted_before: '2020-01-01T00:00:00.000Z' },
  })),
  row('admin_restoreUser', '4 3 333 33 4 + 3', async ({ app, props }) => ({
    params: { id: await props.once('deleted', () => deleted(app)) },
  })),
  row('admin_eraseUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_listSessions', '4 3 333 33 4 + 3', onSubject),
  row('admin_revokeSessions', '4 3 333 33 4 + 3', onSubject),
  row('admin_revokeSession', '4 3 333 33 4 + 3', async ({ app }) => {
    const { id, sessionId } = await makePerson(app);
    return { params: { id, session_id: sessionId } };
  }),
  row('admin_listUserRoles', '4 3 333 33 4 + 3', onSubject),
  row('admin_grantRole', '4 3 333 33 4 + 3', async (scene) => ({
    params: { id: await scene.props.newcomerId },
    body: { role: await roleSlug(scene) },
  })),
  row('admin_revokeRole', '4 3 333 33 4 + 3', async (scene) => ({
    params: { ...(await subject(scene)), slug: await roleSlug(scene) },
  })),
  row('admin_resetTwoFactor', '4 3 333 33 4 + 3', async (scene) => ({
    params: await subject(scene),
    body: { reason },
  })),
  row('admin_exportUser', '4 3 333 33 4 + 3', onSubject),
  row('admin_getStatistics', '4 3 333 33 4 + 3'),
  row('admin_changeUsers', '4 3 333 33 4 + 3', async ({ props }) => ({
    body: { action: 'unlock', user_ids: [await props.subjectId] },
  })),
  row('admin_impersonateUser', '4 3 333 33 4 + 3', async (scene) => ({
    params: await subject(scene),
    body: { reason },
  })),
  row('admin_endImpersonation', '4 9 999 99 4 + 9', async (scene) => {
    if (scene.actor !== 'superAdmin') return {};
    const path = `/admin/users/${await scene.props.subjectId}/impersonate`;
    const { body } = await scene.app.api.post(path, { reason }, { token: scene.me.access });
    return { token: body.access_token };
  }),
];

async function deleted(app: Scene['app']): Promise<string> {
  const { id } = await makeUser(app, { username: freshName('gone') });
  await app.app.get(UserRepository, { strict: false }).softDelete(id, new Date());
  return id;
}

/** Of a role of the platform that the subject has. */
async function roleSlug({ app, props }: Scene): Promise<string> {
  const roles = app.app.get(RoleService, { strict: false });
  return (await roles.get(null, await props.platformRoleId)).slug;
}
