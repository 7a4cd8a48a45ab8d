import { row, type Row } from '../row.js';
import { signIn } from '../people.js';

/** `*` stands for the mode. [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const SESSION_ROWS: readonly Row[] = [
  row('*_login', '+ + +++ ++ 3 + +', ({ me }) => ({ body: { email: me.email, password: me.password } }), {
    spends: 'session',
  }),
  row(
    '*_refresh',
    '4 + +++ ++ 4 + +',
    ({ actor, me }) => ({
      body: actor === 'anonymous' ? {} : { refresh_token: me.refresh },
    }),
    { spends: 'session' },
  ),
  row('*_logout', '4 + +++ ++ 4 + +', undefined, { spends: 'session' }),
  row('*_listSessions', '4 + +++ ++ 4 + +'),
  row('*_revokeOtherSessions', '4 + +++ ++ 4 + +', undefined, { spends: 'account' }),
  row('*_revokeSession', '4 0 00+ 00 4 0 0', async ({ app, owner, props }) => ({
    params: {
      id: await props.once('session', async () => (await signIn(app, owner.user)).sessionId),
    },
  })),
];
