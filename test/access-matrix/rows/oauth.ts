import { randomUUID } from 'node:crypto';
import { AccountRepository } from '../../../src/modules/oauth/index.js';
import { CLIENT_PAGE } from '../../support/oauth-world.js';
import { callbackPlan, exchangePlan, postedPlan, PROVIDER, tokenPlan } from '../provider-flow.js';
import { row, type Row } from '../row.js';
import type { Scene } from '../scene.js';

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const OAUTH_ROWS: readonly Row[] = [
  row('oauth_listProviders', '+ + +++ ++ + + +'),
  row(
    'oauth_authorize',
    '+ + +++ ++ + + +',
    () => ({ params: PROVIDER, body: { redirect_to: CLIENT_PAGE } }),
    { spends: 'nothing', variant: 'to sign in' },
  ),
  row(
    'oauth_authorize',
    '4 + +++ ++ 4 + +',
    () => ({ params: PROVIDER, body: { redirect_to: CLIENT_PAGE, link: true } }),
    { spends: 'nothing', variant: 'to link' },
  ),
  row('oauth_start', '+ + +++ ++ + + +', () => ({ params: PROVIDER, query: { redirect_to: CLIENT_PAGE } })),
  row('oauth_exchange', '+ + +++ ++ + + +', exchangePlan, { spends: 'session' }),
  row('oauth_callback', '+ + +++ ++ + + +', callbackPlan, { spends: 'session' }),
  row('oauth_postCallback', '+ + +++ ++ + + +', postedPlan, { spends: 'nothing' }),
  row('oauth_token', '+ + +++ ++ + + +', tokenPlan, { spends: 'session' }),
  row('oauth_listAccounts', '4 + +++ ++ 4 + +'),
  row('oauth_unlinkAccount', '4 0 00+ 00 4 0 0', async (scene) => ({
    params: { id: await scene.props.once('account', () => linkOwner(scene)) },
  })),
];

/** The owner’s account at the provider. */
async function linkOwner({ app, owner }: Scene): Promise<string> {
  const id = randomUUID();
  await app.app.get(AccountRepository, { strict: false }).link({
    ...{ id, userId: owner.id, type: 'oauth', provider: 'plain', providerAccountId: id, issuer: null },
    ...{ providerUsername: null, providerEmail: null, emailVerified: false, scopes: [], tokenType: null },
    ...{ accessToken: null, refreshToken: null, idToken: null, sealedBy: null, expiresAt: null },
    createdAt: new Date(),
  });
  return id;
}
