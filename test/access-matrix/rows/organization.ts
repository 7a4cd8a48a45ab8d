import { freshName } from '../../support/accounts.js';
import { row, type Row } from '../row.js';
import type { Scene } from '../scene.js';

type Params = Readonly<Record<string, string>>;

const here = ({ organization }: Scene): Params => ({ organization_id: organization.id });
const subject = async (scene: Scene): Promise<Params> => ({
  ...here(scene),
  user_id: await scene.props.subjectId,
});
const coOwner = async (scene: Scene): Promise<Params> => ({
  ...here(scene),
  user_id: await scene.props.coOwnerId,
});
const team = async (scene: Scene): Promise<Params> => ({ ...here(scene), team_id: await scene.props.teamId });
const role = async (scene: Scene): Promise<Params> => ({ ...here(scene), role_id: await scene.props.roleId });

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const ORGANIZATION_ROWS: readonly Row[] = [
  row('organization_listOwnMemberships', '4 + +++ ++ 4 + +'),
  row('organization_listOwnAliases', '4 + +++ ++ 4 + +'),
  row('organization_resolveUserSlug', '4 + +++ ++ 4 + +', ({ owner }) => ({
    params: { slug: owner.username },
  })),
  row(
    'organization_switchOrganization',
    '4 3 +++ 33 4 3 +',
    (scene) => ({
      params: here(scene),
      body: { refresh_token: scene.me.refresh },
    }),
    { spends: 'session' },
  ),
  row(
    'organization_leaveActiveOrganization',
    '4 + +++ ++ 4 + +',
    ({ me }) => ({
      body: { refresh_token: me.refresh },
    }),
    { spends: 'session' },
  ),
  row('organization_listOrganizations', '4 + +++ ++ 4 + +'),
  row('organization_createOrganization', '4 + +++ ++ 4 + +', () => ({ body: { name: 'Engines' } }), {
    spends: 'account',
  }),
  row('organization_getOrganizationBySlug', '4 0 +++ 00 4 0 3', ({ organization }) => ({
    params: { slug: organization.slug },
  })),
  row('organization_getOrganization', '4 0 +++ 00 4 0 3', (scene) => ({ params: here(scene) })),
  row('organization_updateOrganization', '4 0 3++ 00 4 0 3', (scene) => ({
    params: here(scene),
    body: { name: 'Other' },
  })),
  row('organization_deleteOrganization', '4 0 33+ 00 4 0 3', (scene) => ({ params: here(scene) })),
  row('organization_listAliases', '4 0 +++ 00 4 0 3', (scene) => ({ params: here(scene) })),
  row('organization_listMembers', '4 0 +++ 00 4 0 3', (scene) => ({ params: here(scene) })),
  row('organization_getMember', '4 0 +++ 00 4 0 3', async (scene) => ({ params: await subject(scene) })),
  row(
    'organization_updateMember',
    '4 0 3++ 00 4 0 3',
    async (scene) => ({ params: await subject(scene), body: { role: 'admin' } }),
    { variant: 'a member to admin' },
  ),
  row(
    'organization_updateMember',
    '4 0 33+ 00 4 0 3',
    async (scene) => ({ params: await subject(scene), body: { role: 'owner' } }),
    { variant: 'a member to owner' },
  ),
  row(
    'organization_updateMember',
    '4 0 33+ 00 4 0 3',
    async (scene) => ({ params: await coOwner(scene), body: { role: 'member' } }),
    { variant: 'an owner to member' },
  ),
  row('organization_removeMember', '4 0 3++ 00 4 0 3', async (scene) => ({ params: await subject(scene) }), {
    variant: 'a member',
  }),
  row('organization_removeMember', '4 0 33+ 00 4 0 3', async (scene) => ({ params: await coOwner(scene) }), {
    variant: 'an owner',
  }),
  row('organization_leaveOrganization', '4 0 +++ 00 4 0 3', async (scene) => {
    // An owner leaves another one behind.
    await scene.props.coOwnerId;
    return { params: here(scene) };
  }),
  row('organization_transferOwnership', '4 0 33+ 00 4 0 3', async (scene) => ({
    params: here(scene),
    body: { user_id: await scene.props.subjectId },
  })),
  row('organization_listTeams', '4 0 +++ 00 4 0 3', (scene) => ({ params: here(scene) })),
  row('organization_createTeam', '4 0 3++ 00 4 0 3', (scene) => ({
    params: here(scene),
    body: { name: freshName('Team ') },
  })),
  row('organization_getTeam', '4 0 +++ 00 4 0 3', async (scene) => ({ params: await team(scene) })),
  row('organization_updateTeam', '4 0 3++ 00 4 0 3', async (scene) => ({
    params: await team(scene),
    body: { name: 'Other' },
  })),
  row('organization_deleteTeam', '4 0 3++ 00 4 0 3', async (scene) => ({ params: await team(scene) })),
  row('organization_listTeamMembers', '4 0 +++ 00 4 0 3', async (scene) => ({ params: await team(scene) })),
  row('organization_addTeamMember', '4 0 3++ 00 4 0 3', async (scene) => ({
    params: await team(scene),
    body: { user_id: await scene.props.newcomerId },
  })),
  row('organization_removeTeamMember', '4 0 3++ 00 4 0 3', async (scene) => ({
    params: { ...(await team(scene)), user_id: await scene.props.subjectId },
  })),
  row('organization_listRoles', '4 0 3++ 00 4 0 3', (scene) => ({ params: here(scene) })),
  row('organization_createRole', '4 0 3++ 00 4 0 3', (scene) => ({
    params: here(scene),
    body: { slug: freshName('r'), name: 'Role', permissions: ['team:read'] },
  })),
  row(
    'organization_createRole',
    '4 0 33+ 00 4 0 3',
    (scene) => ({
      params: here(scene),
      body: { slug: freshName('r'), name: 'Role', permissions: ['organization:delete'] },
    }),
    { variant: 'beyond an admin' },
  ),
  row('organization_getRole', '4 0 3++ 00 4 0 3', async (scene) => ({ params: await role(scene) })),
  row('organization_updateRole', '4 0 3++ 00 4 0 3', async (scene) => ({
    params: await role(scene),
    body: { name: 'Other' },
  })),
  row('organization_deleteRole', '4 0 3++ 00 4 0 3', async (scene) => ({ params: await role(scene) })),
  row('organization_listRoleAssignments', '4 0 3++ 00 4 0 3', async (scene) => ({
    params: await role(scene),
  })),
  row('organization_assignRole', '4 0 3++ 00 4 0 3', async (scene) => ({
    params: await role(scene),
    body: { user_id: await scene.props.newcomerId },
  })),
  row('organization_revokeRole', '4 0 3++ 00 4 0 3', async (scene) => ({
    params: { ...(await role(scene)), user_id: await scene.props.subjectId },
  })),
];
