import { expect, it } from '@jest/globals';
import { refusal, signUpAndLogIn } from './support/accounts.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { fieldsWithoutExample, isProtected, operationsOf, undocumentedAnswers } from './support/openapi.js';
import { expectProblem } from './support/problems.js';

/** What may be open; everything else needs a credential. Whoever opens another route says so here. */
const OPEN = [
  'core_confirmEmailChange',
  'core_confirmEmailVerification',
  'core_confirmPhoneVerification',
  'core_forgotPassword',
  'core_getAvailability',
  'core_getJwks',
  'core_getPage',
  'core_requestEmailVerification',
  'core_requestPhoneVerification',
  'core_resetPassword',
  'core_signup',
  'health_getLiveness',
  'health_getReadiness',
  'two_factor_confirmTotpInChallenge',
  'two_factor_enrolTotpInChallenge',
  'two_factor_sendChallengeCode',
  'two_factor_verifyChallenge',
  'magic_link_confirmLink',
  'magic_link_exchangeCode',
  'magic_link_openLink',
  'magic_link_requestLink',
  'oauth_authorize',
  'oauth_callback',
  'oauth_exchange',
  'oauth_listProviders',
  'oauth_postCallback',
  'oauth_start',
  'oauth_token',
  'invitation_declineInvitation',
  'invitation_openInvitation',
  'invitation_showInvitation',
  'invitation_signUp',
];

/** `<module>_<verb><Noun>` */
const OPERATION_ID =
  /^(core|session|stateless|oauth|two_factor|magic_link|rbac|organization|invitation|audit|admin|health|bootstrap)_[a-z][A-Za-z]+$/;

describeMatrix('Access', MATRIX, (current, { mode, mount }) => {
  const ours = () =>
    operationsOf(current().openApi).filter(
      ({ path }) => !path.startsWith('/host') && !path.startsWith('/mail'),
    );
  const concrete = (path: string): string =>
    path.replace(/\{[^}]+\}/g, '01890a5d-ac96-774b-bcce-b302099a8057');

  it('opens exactly the routes that are meant to be open', async () => {
    const app = current();
    const open: string[] = [];
    for (const { method, path, operationId } of ours()) {
      const { status } = await app.root.send(method, concrete(path), method === 'GET' ? undefined : {});
      // A refresh without a token is refused with 401 all the same.
      if (status !== 401) open.push(operationId ?? `${method} ${path}`);
    }
    const expected = [...OPEN, `${mode}_login`].filter(
      (id) => mount === 'standalone' || !id.startsWith('health_'),
    );
    expect(open.sort()).toEqual(expected.sort());
  });

  it('answers 401 without a credential, and with a bad one, wherever the document asks for one', async () => {
    const app = current();
    const closed = ours()
      .filter(isProtected)
      .filter(({ operationId }) => operationId !== 'core_confirmEmailChange');
    expect(closed.length).toBeGreaterThanOrEqual(10);
    for (const { method, path } of closed) {
      const body = method === 'GET' ? undefined : {};
      expectProblem(await app.root.send(method, concrete(path), body), 401, 'core.unauthenticated');
      expectProblem(
        await app.root.send(method, concrete(path), body, { token: 'wrong' }),
        401,
        'core.invalid_token',
      );
      // Before anything about the body is said.
      if (body)
        expectProblem(
          await app.root.send(method, concrete(path), { nonsense: true }),
          401,
          'core.unauthenticated',
        );
    }
  });

  it('documents every operation: its id, its security, its answers', () => {
    const operations = ours();
    for (const operation of operations) {
      const name = `${operation.method} ${operation.path}`;
      expect([name, operation.operationId]).toEqual([name, expect.stringMatching(OPERATION_ID)]);
      expect([name, operation.security]).toEqual([name, expect.any(Array)]);
      expect([name, operation.statuses.some((status) => status < 400)]).toEqual([name, true]);
      if (isProtected(operation))
        expect([name, operation.statuses]).toEqual([name, expect.arrayContaining([401])]);
      if (operation.hasBody)
        expect([name, operation.statuses]).toEqual([name, expect.arrayContaining([400, 415])]);
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(operations.some(({ operationId }) => operationId === `${mode}_login`)).toBe(true);
    expect(
      operations.some(
        ({ operationId }) => operationId === `${mode === 'session' ? 'stateless' : 'session'}_login`,
      ),
    ).toBe(false);
  });

  it('shows an example of every field', () => {
    expect(fieldsWithoutExample(current().openApi)).toEqual([]);
  });

  it('documents the fields of a query with all that they may be', () => {
    const parameters = current().openApi.paths[`${current().basePath}/sessions`]?.get?.parameters;
    expect(parameters).toHaveLength(5);
    expect(parameters).toContainEqual({
      name: 'sort_dir',
      in: 'query',
      required: false,
      description: expect.any(String),
      schema: { type: 'string', enum: ['asc', 'desc'], default: 'desc', example: 'desc' },
    });
    expect(parameters).toContainEqual(
      expect.objectContaining({
        name: 'limit',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20, example: 20 },
      }),
    );
  });

  it('would notice an answer that is not documented', () => {
    const app = current();
    const exchanges = app.exchanges
      .filter(({ answer }) => answer.status === 401)
      .map((exchange) => ({ ...exchange, answer: { ...exchange.answer, status: 418 } }));
    expect(undocumentedAnswers(app.openApi, exchanges).length).toBeGreaterThanOrEqual(10);
  });

  it('hides what belongs to somebody else behind what does not exist', async () => {
    const app = current();
    const [mine, theirs] = [await signUpAndLogIn(app), await signUpAndLogIn(app)];
    const answer = await app.api.delete(`/sessions/${theirs.sessionId}`, undefined, { token: mine.access });
    expect(refusal(answer)).toEqual([404, 'core.session_not_found']);
  });

  if (mount === 'mounted') {
    it('leaves the host’s own routes, errors and conversions alone', async () => {
      const app = current();
      expect((await app.root.get('/host/open')).body).toEqual({ host: 'open' });
      expect((await app.root.post('/host/echo', { a: '1', is_super_admin: true })).body).toEqual({
        host: 'echo',
        body: { a: '1', is_super_admin: true },
      });
      const missing = await app.root.get('/host/nothing');
      expect([missing.status, Object.keys(missing.body)]).toEqual([404, ['host_error']]);
      expect((await app.root.post('/auth/login', {})).status).toBe(404);
    });

    it('guards a route of the host', async () => {
      const app = current();
      const { access, id } = await signUpAndLogIn(app);
      expect((await app.root.get('/host/closed')).status).toBe(401);
      expect((await app.root.get('/host/closed', { token: 'wrong' })).status).toBe(401);
      expect((await app.root.get('/host/closed', { token: access })).body).toEqual({
        host: 'closed',
        user_id: id,
      });
    });
  }
});
