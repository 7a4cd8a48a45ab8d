import { row, type Row } from '../row.js';
import { magicLinkCode, magicLinkToken } from '../secrets.js';

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const MAGIC_LINK_ROWS: readonly Row[] = [
  row(
    'magic_link_requestLink',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { email: (await scene.outsider()).email } }),
    { spends: 'nothing' },
  ),
  row(
    'magic_link_confirmLink',
    '+ + +++ ++ + + +',
    async (scene) => ({
      body: { token: await magicLinkToken(scene) },
    }),
    { spends: 'session' },
  ),
  row(
    'magic_link_openLink',
    '+ + +++ ++ + + +',
    async (scene) => ({
      body: { token: await magicLinkToken(scene) },
    }),
    { spends: 'session' },
  ),
  row(
    'magic_link_exchangeCode',
    '+ + +++ ++ + + +',
    async (scene) => ({
      body: { code: await magicLinkCode(scene) },
    }),
    { spends: 'session' },
  ),
];
