import { expect, it } from '@jest/globals';
import { freshPhone, PASSWORD, refusal, signUpAndLogIn } from './support/accounts.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { expectProblem } from './support/problems.js';

describeMatrix('Removing an address', MATRIX, (current) => {
  it('takes it off the account: it signs nobody in, is told, and is free', async () => {
    const app = current();
    const phone = freshPhone();
    const account = await signUpAndLogIn(app, { phone_number: phone });
    const removal = await app.api.delete('/me/email', undefined, { token: account.access });
    expect([removal.status, removal.text]).toEqual([204, '']);
    expect((await app.api.get('/me', { token: account.access })).body).toMatchObject({
      email: null,
      email_verified: false,
      phone_number: phone,
    });
    await app.drainOutbox();
    expect(app.mailbox.mailTo(account.email, 'email_removed')).toHaveLength(1);
    const login = (identifier: object) => app.api.post('/login', { ...identifier, password: PASSWORD });
    expect((await login({ email: account.email })).status).toBe(401);
    expect((await login({ phone_number: phone })).status).toBe(200);
    expect(refusal(await app.api.delete('/me/email', {}, { token: account.access }))).toEqual([
      404,
      'core.not_found',
    ]);
    await signUpAndLogIn(app, { email: account.email });
    expect((await app.api.delete('/me/phone', {}, { token: account.access })).status).toBe(204);
    expect((await login({ username: account.username })).status).toBe(200);
  });

  it('refuses the last way in with 409', async () => {
    const app = current();
    const account = await signUpAndLogIn(app);
    await app.sql('UPDATE castellan.users SET username = NULL, username_key = NULL WHERE id = $1', [
      account.id,
    ]);
    expectProblem(
      await app.api.delete('/me/email', {}, { token: account.access }),
      409,
      'core.last_sign_in_method',
    );
    expectProblem(await app.api.delete('/me/phone', {}, { token: account.access }), 404, 'core.not_found');
  });

  it('wants a credential, and counts a wrong password', async () => {
    const app = current();
    const account = await signUpAndLogIn(app, { phone_number: freshPhone() });
    for (const path of ['/me/email', '/me/phone']) {
      expectProblem(await app.api.delete(path, {}), 401, 'core.unauthenticated');
      expectProblem(
        await app.api.delete(path, { password: 'not the right one' }, { token: account.access }),
        401,
        'core.invalid_credentials',
      );
      expectProblem(await app.api.delete(path, { nonsense: true }, { token: account.access }), 400);
    }
    const removal = await app.api.delete('/me/phone', { password: PASSWORD }, { token: account.access });
    expect(removal.status).toBe(204);
  });
});
