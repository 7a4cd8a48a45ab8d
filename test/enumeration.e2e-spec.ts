import { afterEach, expect, it } from '@jest/globals';
import {
  freshEmail,
  freshName,
  freshPhone,
  logIn,
  meStatus,
  PASSWORD,
  refusal,
  signUp,
  signUpAndLogIn,
} from './support/accounts.js';
import { likeness } from './support/likeness.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { TimeMachine } from './support/time.js';

const time = new TimeMachine().install();

afterEach(() => time.reset());

describeMatrix('Who has an account', MATRIX, (current) => {
  it('is not told by login: unknown, wrong password, no account that could be called so', async () => {
    const app = current();
    const { email, username } = await signUp(app);
    const phone = freshPhone();
    await signUp(app, { phone_number: phone });
    const attempt = async (way: object) =>
      likeness(await app.api.post('/login', { ...way, password: 'not the right one' }));
    const known = await attempt({ email });
    expect(known).toMatchObject({ status: 401 });
    for (const way of [
      { username },
      { phone_number: phone },
      { email: freshEmail() },
      { username: freshName() },
      { phone_number: freshPhone() },
      { identifier: '???' },
      { email: 'x' },
    ]) {
      expect([way, await attempt(way)]).toEqual([way, known]);
    }
  });

  it('is not told by a forgotten password, nor by asking for another message', async () => {
    const app = current();
    const { email } = await signUp(app);
    const phone = freshPhone();
    await signUp(app, { phone_number: phone });
    for (const [path, known, unknown] of [
      ['/password/forgot', { email }, { email: freshEmail() }],
      ['/password/forgot', { phone_number: phone }, { phone_number: freshPhone() }],
      ['/email/verify/request', { email }, { email: freshEmail() }],
      ['/phone/verify/request', { phone_number: phone }, { phone_number: freshPhone() }],
    ] as const) {
      const answer = await app.api.post(path, known);
      expect(answer.status).toBe(202);
      expect(likeness(await app.api.post(path, unknown))).toEqual(likeness(answer));
    }
  });

  it('is not told by a wrong code', async () => {
    const app = current();
    const { email } = await signUp(app);
    for (const path of ['/email/verify/confirm', '/password/reset']) {
      const body = path.endsWith('reset') ? { code: '000000', password: PASSWORD } : { code: '000000' };
      const known = await app.api.post(path, { email, ...body });
      expect(refusal(known)).toEqual([400, 'core.invalid_code']);
      expect(likeness(await app.api.post(path, { email: freshEmail(), ...body }))).toEqual(likeness(known));
    }
  });

  it('is not told by a change of address: a taken one is accepted as a free one', async () => {
    const app = current();
    const { access } = await signUpAndLogIn(app);
    const taken = await signUp(app);
    const change = (email: string) =>
      app.api.post('/me/email', { email, password: PASSWORD }, { token: access });
    expect(likeness(await change(taken.email))).toEqual(likeness(await change(freshEmail())));
  });
});

describeMatrix(
  'Who has an account, where addresses have to be proven',
  MATRIX,
  (current) => {
    it('is not told by sign-up', async () => {
      const app = current();
      const email = freshEmail();
      const sign = (address: string) => app.api.post('/signup', { email: address, password: PASSWORD });
      const first = await sign(email);
      expect(first.status).toBe(202);
      await app.drainOutbox();
      await app.api.post('/email/verify/confirm', {
        token: app.mailbox.lastToken(email),
        password: PASSWORD,
      });
      await logIn(app, { email, password: PASSWORD });
      expect(likeness(await sign(email))).toEqual(likeness(first));
      expect(likeness(await sign(freshEmail()))).toEqual(likeness(first));
    });
  },
  { env: { EMAIL_VERIFICATION: 'required' } },
);

describeMatrix('Lockout', MATRIX, (current) => {
  const wrong = (identifier: string) =>
    current().api.post('/login', { identifier, password: 'not the right one' });

  it('locks after five failures, for known and unknown alike, whatever password is given', async () => {
    const app = current();
    const { email } = await signUp(app);
    const unknown = freshEmail();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(likeness(await wrong(email))).toEqual(likeness(await wrong(unknown)));
    }
    const locked = await wrong(email);
    expect(refusal(locked)).toEqual([423, 'core.locked']);
    const seconds = Number(locked.headers.get('retry-after'));
    expect(seconds > 0 && seconds <= 900).toBe(true);
    const other = await wrong(unknown);
    expect({ ...(likeness(other) as object), headers: [] }).toEqual({
      ...(likeness(locked) as object),
      headers: [],
    });
    expect([...other.headers.keys()].sort()).toEqual([...locked.headers.keys()].sort());
    expect(refusal(await app.api.post('/login', { email, password: PASSWORD }))).toEqual([
      423,
      'core.locked',
    ]);
  });

  it('ends by itself', async () => {
    const app = current();
    const { email } = await signUp(app);
    for (let attempt = 0; attempt < 5; attempt += 1) await wrong(email);
    time.advance('14m');
    expect((await app.api.post('/login', { email, password: PASSWORD })).status).toBe(423);
    time.advance('2m');
    expect((await app.api.post('/login', { email, password: PASSWORD })).status).toBe(200);
  });

  it('starts over after a success', async () => {
    const app = current();
    const { email } = await signUp(app);
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) expect((await wrong(email)).status).toBe(401);
      expect((await app.api.post('/login', { email, password: PASSWORD })).status).toBe(200);
    }
  });

  it('counts an account as one, however it is called', async () => {
    const app = current();
    const { email, username } = await signUp(app);
    for (const identifier of [email, username, email.toUpperCase(), username, email])
      expect((await wrong(identifier)).status).toBe(401);
    expect((await app.api.post('/login', { username, password: PASSWORD })).status).toBe(423);
  });

  it('counts wrong passwords of a password change too', async () => {
    const app = current();
    const { email, access } = await signUpAndLogIn(app);
    const change = (current_password: string) =>
      app.api.post(
        '/me/password',
        { current_password, new_password: 'another gate with 9 bolts' },
        { token: access },
      );
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await change('not the right one')).status).toBe(401);
    expect((await change(PASSWORD)).status).toBe(423);
    expect((await app.api.post('/login', { email, password: PASSWORD })).status).toBe(423);
  });

  it('ends no session and refuses no other credential; a completed reset lifts it', async () => {
    const app = current();
    const { email, access } = await signUpAndLogIn(app);
    for (let attempt = 0; attempt < 6; attempt += 1) await wrong(email);
    expect(await meStatus(app, access)).toBe(200);
    await app.api.post('/password/forgot', { email });
    await app.drainOutbox();
    const reset = await app.api.post('/password/reset', {
      token: app.mailbox.lastToken(email),
      password: 'another gate with 9 bolts',
    });
    expect(reset.status).toBe(204);
    await logIn(app, { email, password: 'another gate with 9 bolts' });
  });

  it('gives a code five guesses, which another message does not refill', async () => {
    const app = current();
    const { email } = await signUp(app);
    await app.drainOutbox();
    const guess = (code: string) => app.api.post('/email/verify/confirm', { email, code });
    const right = app.mailbox.lastCode(email);
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await guess(right === '000000' ? '000001' : '000000')).status).toBe(400);
    const refused = await guess(right);
    expect(refusal(refused)).toEqual([429, 'core.too_many_attempts']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await app.api.post('/email/verify/request', { email });
    await app.drainOutbox();
    expect((await guess(app.mailbox.lastCode(email))).status).toBe(429);
    // The link is no guess.
    expect(
      (await app.api.post('/email/verify/confirm', { token: app.mailbox.lastToken(email) })).status,
    ).toBe(200);
  });

  it('lets a code expire after ten minutes, and a link after a day', async () => {
    const app = current();
    const { email } = await signUp(app);
    await app.drainOutbox();
    time.advance('601s');
    expect(
      (await app.api.post('/email/verify/confirm', { email, code: app.mailbox.lastCode(email) })).status,
    ).toBe(400);
    time.advance('24h');
    expect(
      (await app.api.post('/email/verify/confirm', { token: app.mailbox.lastToken(email) })).status,
    ).toBe(400);
  });
});
