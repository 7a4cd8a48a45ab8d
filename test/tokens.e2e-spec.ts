import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  refusal,
  signUp,
  signUpAndLogIn,
  tokensOf,
} from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES, describeMatrix, MATRIX } from './support/matrix.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';
import { TimeMachine } from './support/time.js';

const time = new TimeMachine().install();

afterEach(() => time.reset());

describeMatrix('Tokens', MATRIX, (current, { mode }) => {
  it('rotates: other tokens, the same session, and the older access token lives to its own end', async () => {
    const app = current();
    const first = await signUpAndLogIn(app);
    const answer = await refresh(app, first.refresh);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const second = tokensOf(answer);
    expect(second.sessionId).toBe(first.sessionId);
    expect(second.access).not.toBe(first.access);
    expect(second.refresh).not.toBe(first.refresh);
    expect([await meStatus(app, first.access), await meStatus(app, second.access)]).toEqual([200, 200]);
    time.advance('14m');
    expect(await meStatus(app, first.access)).toBe(200);
    time.advance('3m');
    expect([await meStatus(app, first.access), await meStatus(app, second.access)]).toEqual([401, 401]);
  });

  it('repeats the same answer within the grace, byte for byte', async () => {
    const app = current();
    const { refresh: token } = await signUpAndLogIn(app);
    const first = await refresh(app, token);
    time.advance('8s');
    const second = await refresh(app, token);
    const { user: _one, ...answer } = first.body;
    const { user: _two, ...repeated } = second.body;
    expect(repeated).toEqual(answer);
    expect(first.status).toBe(200);
    expect((await refresh(app, first.body.refresh_token)).status).toBe(200);
  });

  it('ends the session, and that one alone, when a rotated token comes back after the grace', async () => {
    const app = current();
    const account = await signUp(app);
    const stolen = await logIn(app, account);
    const other = await logIn(app, account);
    const successor = tokensOf(await refresh(app, stolen.refresh));
    time.advance('11s');
    expect(refusal(await refresh(app, stolen.refresh))).toEqual([401, 'core.refresh_token_reused']);
    expect((await refresh(app, successor.refresh)).status).toBe(401);
    expect([await meStatus(app, successor.access), await meStatus(app, stolen.access)]).toEqual([401, 401]);
    expect(await meStatus(app, other.access)).toBe(200);
    expect((await refresh(app, other.refresh)).status).toBe(200);
  });

  it('ends the session when a token comes back whose successor has been used, however soon', async () => {
    const app = current();
    const first = await signUpAndLogIn(app);
    const second = tokensOf(await refresh(app, first.refresh));
    const third = tokensOf(await refresh(app, second.refresh));
    expect(refusal(await refresh(app, first.refresh))).toEqual([401, 'core.refresh_token_reused']);
    expect((await refresh(app, third.refresh)).status).toBe(401);
    expect(await meStatus(app, third.access)).toBe(401);
  });

  it('logs out with 204 and no body; then nothing of the session works', async () => {
    const app = current();
    const account = await signUp(app);
    const session = await logIn(app, account);
    const other = await logIn(app, account);
    const logout = await app.api.post('/logout', undefined, { token: session.access });
    expect([logout.status, logout.text]).toEqual([204, '']);
    expect(await meStatus(app, session.access)).toBe(401);
    expect((await refresh(app, session.refresh)).status).toBe(401);
    expect((await app.api.post('/logout', undefined, { token: session.access })).status).toBe(401);
    expect(await meStatus(app, other.access)).toBe(200);
  });

  describe('logs out without a good access token', () => {
    const logout = (refreshToken?: string, token?: string) =>
      current().api.post(
        '/logout',
        refreshToken === undefined ? undefined : { refresh_token: refreshToken },
        token === undefined ? {} : { token },
      );

    it('by the refresh token, which is used up; other sessions go on', async () => {
      const app = current();
      const account = await signUp(app);
      const [session, other] = [await logIn(app, account), await logIn(app, account)];
      time.advance('16m');
      expect(refusal(await logout(undefined, session.access))).toEqual([401, 'core.invalid_token']);
      expect((await logout(session.refresh, session.access)).status).toBe(204);
      expect((await refresh(app, session.refresh)).status).toBe(401);
      expect(refusal(await logout(session.refresh))).toEqual([401, 'core.invalid_refresh_token']);
      expect((await refresh(app, other.refresh)).status).toBe(200);
    });

    it('ends access tokens that are still good, by one that was replaced too', async () => {
      const app = current();
      const first = await signUpAndLogIn(app);
      const second = tokensOf(await refresh(app, first.refresh));
      expect((await logout(first.refresh)).status).toBe(204);
      expect([await meStatus(app, first.access), await meStatus(app, second.access)]).toEqual([401, 401]);
      expect((await refresh(app, second.refresh)).status).toBe(401);
    });

    it('not by one that is unknown, another kind of token, or expired', async () => {
      const app = current();
      const session = await signUpAndLogIn(app);
      expect(refusal(await logout())).toEqual([401, 'core.unauthenticated']);
      for (const token of ['x', session.access, `${session.refresh}x`])
        expect(refusal(await logout(token))).toEqual([401, 'core.invalid_refresh_token']);
      expect((await app.api.post('/logout', { refresh_token: 1 })).status).toBe(400);
      expect(await meStatus(app, session.access)).toBe(200);
      time.advance('8d');
      expect(refusal(await logout(session.refresh))).toEqual([401, 'core.invalid_refresh_token']);
    });

    it('but by the access token where there is a good one, whatever the body says', async () => {
      const app = current();
      const account = await signUp(app);
      const [session, other] = [await logIn(app, account), await logIn(app, account)];
      expect((await logout(other.refresh, session.access)).status).toBe(204);
      expect([await meStatus(app, session.access), await meStatus(app, other.access)]).toEqual([401, 200]);
    });
  });

  it('gives no successor within the grace either, once the session has ended', async () => {
    const app = current();
    const session = await signUpAndLogIn(app);
    const successor = tokensOf(await refresh(app, session.refresh));
    await app.api.post('/logout', undefined, { token: successor.access });
    expect((await refresh(app, session.refresh)).status).toBe(401);
  });

  it('keeps the absolute end of a session, however often it is refreshed', async () => {
    const app = current();
    let { refresh: token } = await signUpAndLogIn(app);
    for (let week = 0; week < 4; week += 1) {
      time.advance('6d');
      const answer = await refresh(app, token);
      expect(answer.status).toBe(200);
      token = answer.body.refresh_token;
    }
    time.advance('5d');
    const last = await refresh(app, token);
    expect(last.status).toBe(200);
    expect(Number(last.body['refresh_expires_in'])).toBeLessThanOrEqual(86_400);
    time.advance('2d');
    expect((await refresh(app, last.body.refresh_token)).status).toBe(401);
  });

  it('lets a refresh token expire', async () => {
    const app = current();
    const { refresh: token } = await signUpAndLogIn(app);
    time.advance('8d');
    expect(refusal(await refresh(app, token))).toEqual([401, 'core.invalid_refresh_token']);
  });

  it('ends the session that a login came with', async () => {
    const app = current();
    const account = await signUp(app);
    const before = await logIn(app, account);
    const answer = await app.api.post(
      '/login',
      { email: account.email, password: PASSWORD },
      { token: before.access },
    );
    expect(answer.body.session_id).not.toBe(before.sessionId);
    expect([await meStatus(app, before.access), await meStatus(app, tokensOf(answer).access)]).toEqual([
      401, 200,
    ]);
  });

  it('takes no token for one of another kind', async () => {
    const app = current();
    const { access, refresh: token } = await signUpAndLogIn(app);
    expect(await meStatus(app, token)).toBe(401);
    expect((await refresh(app, access)).status).toBe(401);
    await app.drainOutbox();
  });

  if (mode === 'session') {
    it('keeps nothing readable of a token', async () => {
      const app = current();
      const { access, refresh: token } = await signUpAndLogIn(app);
      const rows = await app.sql<{ row: string }>('SELECT s::text AS row FROM castellan.sessions s');
      const dump = rows.map(({ row }) => row).join('\n');
      expect(dump).not.toContain(access);
      expect(dump).not.toContain(token);
      expect([access, token].every((text) => Buffer.from(text, 'base64url').length >= 32)).toBe(true);
    });
  } else {
    it('publishes its keys with an ETag, and no private member', async () => {
      const app = current();
      const answer = await app.api.get('/.well-known/jwks.json');
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
      expect(answer.text).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/);
      const again = await app.api.get('/.well-known/jwks.json', {
        headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
      });
      expect([again.status, again.text]).toEqual([304, '']);
    });
  }
});

const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres)
  process.stdout.write(
    'Skipped, since they need PostgreSQL (DATABASE_URL): two instances on one database.\n',
  );

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Two instances on one database [${cell.mode}]`, () => {
    let here: TestApp;
    let there: TestApp;

    beforeAll(async () => {
      here = await startTestApp(cell);
      there = await startTestApp({ ...cell, database: here.database, mailbox: here.mailbox });
    }, 60_000);

    afterAll(async () => {
      await there?.close();
      await here?.close();
    });

    // Stateless: within a second; the bound is generous, and what fails is "never".
    const isDeadThere = (token: string): Promise<boolean> =>
      cell.mode === 'session'
        ? meStatus(there, token).then((status) => status === 401)
        : eventually(async () => (await meStatus(there, token)) === 401);

    it('takes the tokens of the other', async () => {
      const session = await signUpAndLogIn(here);
      expect(await meStatus(there, session.access)).toBe(200);
      expect((await refresh(there, session.refresh)).status).toBe(200);
    });

    it('repeats the other’s successor within the grace, byte for byte', async () => {
      const session = await signUpAndLogIn(here);
      const first = await refresh(here, session.refresh);
      const second = await refresh(there, session.refresh);
      expect(tokensOf(second)).toEqual(tokensOf(first));
    });

    it('knows of a logout there', async () => {
      const session = await signUpAndLogIn(here);
      expect(await meStatus(there, session.access)).toBe(200);
      await here.api.post('/logout', undefined, { token: session.access });
      expect(await isDeadThere(session.access)).toBe(true);
      expect((await refresh(there, session.refresh)).status).toBe(401);
    });

    it('knows of a password change there, and keeps the session that made it', async () => {
      const account = await signUp(here);
      const [keeper, other] = [await logIn(here, account), await logIn(here, account)];
      expect([await meStatus(there, keeper.access), await meStatus(there, other.access)]).toEqual([200, 200]);
      const body = { current_password: PASSWORD, new_password: 'another gate with 9 bolts' };
      expect((await here.api.post('/me/password', body, { token: keeper.access })).status).toBe(204);
      expect(await isDeadThere(other.access)).toBe(true);
      expect(await meStatus(there, keeper.access)).toBe(200);
    });

    it('remembers revocations through a restart', async () => {
      const session = await signUpAndLogIn(here);
      await here.api.post('/logout', undefined, { token: session.access });
      const restarted = await startTestApp({ ...cell, database: here.database, mailbox: here.mailbox });
      try {
        expect(await meStatus(restarted, session.access)).toBe(401);
      } finally {
        await restarted.close();
      }
    });
  });
}
