import { freshName } from '../../support/accounts.js';
import { row, type Row } from '../row.js';
import type { Scene } from '../scene.js';

const role = async ({ props }: Scene): Promise<{ id: string }> => ({ id: await props.platformRoleId });

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const RBAC_ROWS: readonly Row[] = [
  row('rbac_listRoles', '4 3 333 33 4 + 3'),
  row('rbac_createRole', '4 3 333 33 4 + 3', () => ({
    body: { slug: freshName('r'), name: 'Role', permissions: [] },
  })),
  row('rbac_getRole', '4 3 333 33 4 + 3', async (scene) => ({ params: await role(scene) })),
  row('rbac_updateRole', '4 3 333 33 4 + 3', async (scene) => ({
    params: await role(scene),
    body: { name: 'Other' },
  })),
  row('rbac_deleteRole', '4 3 333 33 4 + 3', async (scene) => ({ params: await role(scene) })),
  row('rbac_listAssignments', '4 3 333 33 4 + 3', async (scene) => ({ params: await role(scene) })),
  row('rbac_assignRole', '4 3 333 33 4 + 3', async (scene) => ({
    params: await role(scene),
    body: { user_id: await scene.props.newcomerId },
  })),
  row('rbac_revokeRole', '4 3 333 33 4 + 3', async (scene) => ({
    params: { ...(await role(scene)), user_id: await scene.props.subjectId },
  })),
  row('rbac_listMyRoles', '4 + +++ ++ 4 + +'),
  row('rbac_listMyEntitlements', '4 + +++ ++ 4 + +'),
];
