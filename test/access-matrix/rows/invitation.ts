import { PlatformInvitations } from '../../../src/modules/invitation/index.js';
import { SYSTEM_CLIENT } from '../../../src/shared/http/client-info.js';
import { freshEmail, PASSWORD } from '../../support/accounts.js';
import { inviteInto, tokenTo } from '../../support/invitations.js';
import { row, type Row } from '../row.js';
import type { Scene } from '../scene.js';

type Params = Readonly<Record<string, string>>;

const here = ({ organization }: Scene): Params => ({ organization_id: organization.id });

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const INVITATION_ROWS: readonly Row[] = [
  row('invitation_showInvitation', '+ + +++ ++ + + +', async (scene) => ({
    headers: { 'invitation-token': await linkTo(scene, freshEmail()) },
  })),
  row(
    'invitation_signUp',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { token: await linkTo(scene, freshEmail()), password: PASSWORD } }),
    { spends: 'nothing' },
  ),
  row(
    'invitation_declineInvitation',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { token: await linkTo(scene, freshEmail()) } }),
    { spends: 'nothing' },
  ),
  row(
    'invitation_openInvitation',
    '+ 3 333 33 + 3 3',
    async (scene) => ({ body: { token: await linkTo(scene, freshEmail()), password: PASSWORD } }),
    { spends: 'session', variant: 'to somebody new' },
  ),
  row(
    'invitation_openInvitation',
    '9 + +++ ++ 9 + +',
    async (scene) => ({ body: { token: await linkTo(scene, (await scene.self()).email) } }),
    { spends: 'account', variant: 'to oneself' },
  ),
  row('invitation_listOwnInvitations', '4 + +++ ++ 4 + +'),
  row('invitation_listSentInvitations', '4 + +++ ++ 4 + +'),
  row(
    'invitation_acceptInvitation',
    '4 + +++ ++ 4 + +',
    async (scene) => ({ body: { token: await linkTo(scene, (await scene.self()).email) } }),
    { spends: 'account', variant: 'to oneself' },
  ),
  row(
    'invitation_acceptInvitation',
    '4 3 333 33 4 3 3',
    async (scene) => ({ body: { token: await linkTo(scene, (await scene.outsider()).email) } }),
    { variant: 'to somebody else' },
  ),
  row('invitation_acceptOwnInvitation', '4 0 00+ 00 4 0 0', toOwner),
  row('invitation_declineOwnInvitation', '4 0 00+ 00 4 0 0', toOwner),
  row('invitation_listInvitations', '4 3 333 33 4 + 3'),
  row('invitation_createInvitation', '4 3 333 33 4 + 3', () => ({ body: { email: freshEmail() } })),
  row('invitation_getInvitation', '4 3 333 33 4 + 3', toSomebody),
  row('invitation_revokeInvitation', '4 3 333 33 4 + 3', toSomebody),
  row('invitation_resendInvitation', '4 3 333 33 4 + 3', toSomebody),
  row('invitation_listOrganizationInvitations', '4 0 3++ 00 4 0 3', (scene) => ({ params: here(scene) })),
  row(
    'invitation_createOrganizationInvitation',
    '4 0 3++ 00 4 0 3',
    (scene) => ({ params: here(scene), body: { email: freshEmail(), role: 'admin' } }),
    { variant: 'of an admin' },
  ),
  row(
    'invitation_createOrganizationInvitation',
    '4 0 33+ 00 4 0 3',
    (scene) => ({ params: here(scene), body: { email: freshEmail(), role: 'owner' } }),
    { variant: 'of an owner' },
  ),
  row('invitation_getOrganizationInvitation', '4 0 3++ 00 4 0 3', intoOrganization),
  row('invitation_revokeOrganizationInvitation', '4 0 3++ 00 4 0 3', intoOrganization),
  row('invitation_resendOrganizationInvitation', '4 0 3++ 00 4 0 3', intoOrganization),
];

async function invite({ app }: Scene, email: string): Promise<string> {
  const { id } = await app.app
    .get(PlatformInvitations, { strict: false })
    .create({ email }, { userId: null, type: 'system', client: SYSTEM_CLIENT });
  return id;
}

/** Of an invitation to the platform. */
async function linkTo(scene: Scene, email: string): Promise<string> {
  await invite(scene, email);
  return tokenTo(scene.app, email);
}

/** An invitation of the owner to the platform. */
async function toOwner(scene: Scene): Promise<{ params: Params }> {
  const id = await scene.props.once('invitation', () => invite(scene, scene.owner.email));
  return { params: { id } };
}

/** An invitation of somebody to the platform. */
async function toSomebody(scene: Scene): Promise<{ params: Params }> {
  return { params: { id: await scene.props.once('invited', () => invite(scene, freshEmail())) } };
}

/** An invitation of somebody into the organization. */
async function intoOrganization(scene: Scene): Promise<{ params: Params }> {
  const { app, organization, owner } = scene;
  const make = async (): Promise<string> => (await inviteInto(app, organization.id, owner)).id;
  return { params: { ...here(scene), id: await scene.props.once('invitation into it', make) } };
}
