import { randomUUID } from 'node:crypto';
import { TrustedDeviceRepository } from '../../../src/modules/two-factor/index.js';
import { freshName, freshPhone, PASSWORD } from '../../support/accounts.js';
import { appCode } from '../../support/two-factor.js';
import { makeUser, type Person } from '../people.js';
import { row, type Row } from '../row.js';
import type { Scene } from '../scene.js';
import { SecondFactorDemand } from '../second-factor-demand.js';
import {
  challengeToken,
  pendingEmailCode,
  pendingSmsCode,
  pendingTotp,
  withEmailCodes,
  withTotp,
} from '../secrets.js';

const spends = 'nothing';
const password = PASSWORD;

/** [anonymous] [stranger] [member admin owner] [removed, other owner] [banned] [super admin] [token elsewhere] */
export const TWO_FACTOR_ROWS: readonly Row[] = [
  row(
    'two_factor_sendChallengeCode',
    '+ + +++ ++ + + +',
    async (scene) => {
      const user = await withEmailCodes(scene, await scene.outsider());
      return { body: { challenge_token: await challengeToken(scene, user), method: 'email' } };
    },
    { spends },
  ),
  row(
    'two_factor_verifyChallenge',
    '+ + +++ ++ + + +',
    async (scene) => {
      const user = await scene.outsider();
      const code = appCode(await withTotp(scene, user));
      return { body: { challenge_token: await challengeToken(scene, user), method: 'totp', code } };
    },
    { spends: 'session' },
  ),
  row(
    'two_factor_enrolTotpInChallenge',
    '+ + +++ ++ + + +',
    async (scene) => ({ body: { challenge_token: await challengeToken(scene, await demanded(scene)) } }),
    { spends },
  ),
  row(
    'two_factor_confirmTotpInChallenge',
    '+ + +++ ++ + + +',
    async (scene) => {
      const user = await demanded(scene);
      const token = await challengeToken(scene, user);
      return { body: { challenge_token: token, code: appCode(await pendingTotp(scene, user.user)) } };
    },
    { spends: 'session' },
  ),
  row('two_factor_enrolTotp', '4 + +++ ++ 4 + +', () => ({ body: { password } }), { spends }),
  row(
    'two_factor_confirmTotp',
    '4 + +++ ++ 4 + +',
    async (scene) => ({
      body: { code: appCode(await pendingTotp(scene, (await scene.self()).user)) },
    }),
    { spends: 'account' },
  ),
  row('two_factor_enrolSms', '4 + +++ ++ 4 + +', () => ({ body: { phone_number: freshPhone(), password } }), {
    spends,
  }),
  row(
    'two_factor_confirmSms',
    '4 + +++ ++ 4 + +',
    async (scene) => ({
      body: { code: await pendingSmsCode(scene, await scene.self()) },
    }),
    { spends: 'account' },
  ),
  row('two_factor_enrolEmail', '4 + +++ ++ 4 + +', () => ({ body: { password } }), { spends }),
  row(
    'two_factor_confirmEmail',
    '4 + +++ ++ 4 + +',
    async (scene) => ({
      body: { code: await pendingEmailCode(scene, await scene.self()) },
    }),
    { spends: 'account' },
  ),
  row(
    'two_factor_stepUp',
    '4 + +++ ++ 4 + +',
    async (scene) => ({
      body: { method: 'totp', code: appCode(await withTotp(scene, await scene.self())) },
    }),
    { spends: 'account' },
  ),
  row(
    'two_factor_sendStepUpCode',
    '4 + +++ ++ 4 + +',
    async (scene) => {
      await withEmailCodes(scene, await scene.self());
      return { body: { method: 'email' } };
    },
    { spends: 'account' },
  ),
  row('two_factor_getStatus', '4 + +++ ++ 4 + +'),
  row(
    'two_factor_disable',
    '4 + +++ ++ 4 + +',
    async (scene) => {
      await withTotp(scene, await scene.self());
      return { body: { password } };
    },
    { spends: 'account' },
  ),
  row(
    'two_factor_removeMethod',
    '4 + +++ ++ 4 + +',
    async (scene) => {
      await withTotp(scene, await scene.self());
      return { params: { method: 'totp' }, body: { password } };
    },
    { spends: 'account' },
  ),
  row(
    'two_factor_replaceBackupCodes',
    '4 + +++ ++ 4 + +',
    async (scene) => {
      await withTotp(scene, await scene.self());
      return { body: { password } };
    },
    { spends: 'account' },
  ),
  row('two_factor_listDevices', '4 + +++ ++ 4 + +'),
  row('two_factor_forgetDevices', '4 + +++ ++ 4 + +', undefined, { spends: 'account' }),
  row('two_factor_forgetDevice', '4 0 00+ 00 4 0 0', async (scene) => ({
    params: { id: await scene.props.once('device', () => trustDevice(scene)) },
  })),
];

/** Somebody who has to set up a second factor on the way in. */
async function demanded({ app }: Scene): Promise<Pick<Person, 'user' | 'email' | 'password'>> {
  const user = await makeUser(app, { username: freshName(SecondFactorDemand.prefix) });
  return { user, email: user.email ?? '', password };
}

/** A device that the owner trusts. */
async function trustDevice({ app, owner }: Scene): Promise<string> {
  const [id, createdAt] = [randomUUID(), new Date()];
  const expiresAt = new Date(createdAt.getTime() + 86_400_000);
  const device = { id, userId: owner.id, token: randomUUID(), name: null, userAgent: null, ipAddress: null };
  await app.app.get(TrustedDeviceRepository, { strict: false }).create({ ...device, createdAt, expiresAt });
  return id;
}
