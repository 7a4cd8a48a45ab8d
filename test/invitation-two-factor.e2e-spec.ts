import { expect, it } from '@jest/globals';
import { meStatus, PASSWORD, refusal, signUp, tokensOf } from './support/accounts.js';
import { claimsOf } from './support/claims.js';
import { inviteInto, roleIn, statusOf } from './support/invitations.js';
import { BOTH_MODES, describeMatrix } from './support/matrix.js';
import { createOrganization } from './support/organizations.js';
import { appCode, appCodeBefore, challenged, challengeOf, verify } from './support/two-factor.js';
import type { TestApp } from './support/test-app.js';

describeMatrix(
  'Sign-up by invitation, where a second factor is required',
  BOTH_MODES,
  (current) => {
    /** Signs in for the first time, which sets up the factor that is asked for. */
    const firstSignIn = async (app: TestApp, answer: Parameters<typeof challengeOf>[0]) => {
      const challenge = challengeOf(answer);
      expect(challenge).toMatchObject({ methods: [], enrol: ['totp'] });
      const asked = { challenge_token: challenge.token };
      const enrolment = await app.api.post('/two-factor/challenge/totp/enrol', asked);
      const secret = String(enrolment.body['secret']);
      const code = await appCodeBefore(secret);
      const done = await app.api.post('/two-factor/challenge/totp/confirm', { ...asked, code });
      expect(done.status).toBe(200);
      return { secret, ...tokensOf(done) };
    };

    it('accepts with the account, and gives tokens, those of the organization, after the second factor alone', async () => {
      const app = current();
      const { email: founder, password } = await signUp(app);
      const { access } = await firstSignIn(app, await app.api.post('/login', { email: founder, password }));
      const { body } = await createOrganization(app, { access });
      const { id, email, token } = await inviteInto(app, body.id, { access }, { role: 'admin' });

      const answer = await app.api.post('/invitations/sign-up', { token, password: PASSWORD });
      expect(answer.body).not.toHaveProperty('access_token');
      expect(answer.body).not.toHaveProperty('refresh_token');
      const [user] = await app.sql<{ id: string }>('SELECT id FROM castellan.users WHERE email = $1', [
        email,
      ]);
      expect([await statusOf(app, id), await roleIn(app, body.id, user?.id ?? '')]).toEqual([
        'accepted',
        'admin',
      ]);
      // The challenge opens nothing else, and the link nothing more.
      expect(await meStatus(app, String(answer.body['challenge_token']))).toBe(401);
      expect(refusal(await app.api.post('/invitations/sign-up', { token, password: PASSWORD }))).toEqual([
        400,
        'core.invalid_code',
      ]);

      const invited = await firstSignIn(app, answer);
      expect(await meStatus(app, invited.access)).toBe(200);
      expect(await claimsOf(app, invited.access)).toMatchObject({ org_id: body.id, org_role: 'admin' });
      const next = await challenged(app, { email, password: PASSWORD });
      expect((await verify(app, next.token, 'totp', appCode(invited.secret))).status).toBe(200);
    });
  },
  { env: { TWO_FACTOR_POLICY: 'required' } },
);
