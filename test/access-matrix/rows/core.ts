import { freshEmail, freshName, freshPhone, PASSWORD } from '../../support/accounts.js';
import { row, type Row } from '../row.js';
import {
  emailChange,
  phoneChangeCode,
  phoneVerification,
  resetToken,
  verificationToken,
} from '../secrets.js';

const NEW_PASSWORD = 'another gate with 9 bolts';
const spends = 'nothing';
const password = PASSWORD;

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const CORE_ROWS: readonly Row[] = [
  row('core_signup', '+ + +++ ++ + + +', () => ({ body: { email: freshEmail(), password } }), { spends }),
  row('core_getAvailability', '+ + +++ ++ + + +', () => ({ query: { username: freshName('u') } })),
  row('core_getMe', '4 + +++ ++ 4 + +'),
  row('core_exportMe', '4 + +++ ++ 4 + +'),
  row('core_updateMe', '4 + +++ ++ 4 + +', () => ({ body: { name: 'Ada' } }), { spends }),
  row('core_deleteMe', '4 + +++ ++ 4 + +', () => ({ body: { password } }), { spends: 'account' }),
  row(
    'core_changePassword',
    '4 + +++ ++ 4 + +',
    () => ({
      body: { current_password: password, new_password: NEW_PASSWORD },
    }),
    { spends: 'account' },
  ),
  row(
    'core_forgotPassword',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { email: (await scene.outsider()).email } }),
    { spends },
  ),
  row(
    'core_resetPassword',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { token: await resetToken(scene), password: NEW_PASSWORD } }),
    { spends },
  ),
  row(
    'core_requestEmailVerification',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { email: (await scene.outsider({ emailVerified: false })).email } }),
    { spends },
  ),
  row(
    'core_confirmEmailVerification',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { token: await verificationToken(scene) } }),
    { spends },
  ),
  row(
    'core_requestPhoneVerification',
    '+ + +++ ++ + + +',
    async (scene) => ({
      body: { phone_number: (await scene.outsider({ phoneNumberVerified: false })).phone },
    }),
    { spends },
  ),
  row(
    'core_confirmPhoneVerification',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: await phoneVerification(scene) }),
    { spends },
  ),
  row('core_changeEmail', '4 + +++ ++ 4 + +', () => ({ body: { email: freshEmail(), password } }), {
    spends,
  }),
  row('core_removeEmail', '4 + +++ ++ 4 + +', () => ({ body: { password } }), { spends: 'account' }),
  row(
    'core_confirmEmailChange',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { token: (await emailChange(scene, await scene.outsider())).token } }),
    { spends, variant: 'by the link' },
  ),
  row(
    'core_confirmEmailChange',
    '4 + +++ ++ 4 + +',
    async (scene) => ({ body: { code: (await emailChange(scene, await scene.self())).code } }),
    { spends: 'account', variant: 'by the code' },
  ),
  row('core_changePhone', '4 + +++ ++ 4 + +', () => ({ body: { phone_number: freshPhone(), password } }), {
    spends,
  }),
  row('core_removePhone', '4 + +++ ++ 4 + +', () => ({ body: { password } }), { spends: 'account' }),
  row(
    'core_confirmPhoneChange',
    '4 + +++ ++ 4 + +',
    async (scene) => ({
      body: { code: await phoneChangeCode(scene, await scene.self()) },
    }),
    { spends: 'account' },
  ),
  row('core_getJwks', '+ + +++ ++ + + +'),
  row('core_getPage', '+ + +++ ++ + + +', () => ({ params: { page: 'reset-password' } })),
];
