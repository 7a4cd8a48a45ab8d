import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMonolith, type Monolith } from '../examples/monolith/src/create-monolith.js';
import { NightlySignOut } from '../examples/monolith/src/support/nightly-sign-out.job.js';
import { Staff } from '../examples/monolith/src/support/staff.js';
import { SupportDesk } from '../examples/monolith/src/support/support-desk.js';
import { OutboxWorker } from '../src/index.js';
import { type Answer, TestClient, TestMailbox } from '../src/testing/index.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { appCode, appCodeBefore } from './support/two-factor.js';

const ADA = { email: 'ada@example.com', password: 'a gatehouse of 7 towers', name: 'Ada' };
const TENANT = { 'x-tenant': 'north' };

describe.each([
  { mode: 'session', adapter: 'express' },
  { mode: 'stateless', adapter: 'fastify' },
] as const)('examples/monolith [$mode, $adapter]', ({ mode, adapter }) => {
  const mailbox = new TestMailbox();
  let database: TestDatabase;
  let monolith: Monolith;
  let client: TestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    monolith = await createMonolith({
      mode,
      adapter,
      databaseUrl: database.url ?? undefined,
      embedded: database.embedded ?? undefined,
      github: { clientId: 'the-shop', clientSecret: 'secret' },
      overrides: { mailSender: mailbox.mail, rateLimitMultiplier: 0, password: { bcryptCost: 4 } },
      logger: false,
    });
    await monolith.app.listen(0, '127.0.0.1');
    client = new TestClient(await monolith.app.getUrl());
  }, 60_000);

  afterAll(async () => {
    await monolith.close();
    await database.drop();
  }, 60_000);

  const login = async (): Promise<string> =>
    (await client.post('/identity/login', { email: ADA.email, password: ADA.password })).body.access_token;
  const isHosts = (answer: Answer) =>
    expect(answer.body).toMatchObject({ ok: false, error: { status: answer.status } });
  const isCastellans = (answer: Answer, code: string) => {
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body.code).toBe(code);
  };

  it('makes the host’s row with the account, or neither', async () => {
    const signedUp = await client.post('/identity/signup', ADA);
    expect(signedUp.status).toBe(201);
    const orders = await client.get('/api/orders', { token: await login(), headers: TENANT });
    expect([orders.status, orders.text]).toEqual([200, '[]']);
  });

  it('protects the host’s controller, and leaves the answers there to the host', async () => {
    isHosts(await client.get('/api/orders'));
    const unknown = await client.get('/api/orders', { headers: TENANT });
    expect([unknown.status, unknown.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    isHosts(unknown);
    const token = await login();
    const unverified = await client.post(
      '/api/orders',
      { item: 'lamp', quantity: 1 },
      { token, headers: TENANT },
    );
    expect(unverified.status).toBe(403);
    isHosts(unverified);
    expect((await client.get('/api/catalogue', { headers: TENANT })).status).toBe(200);
  });

  it('takes an order once the address is proven, through the host’s own pipe', async () => {
    await monolith.app.get(OutboxWorker, { strict: false }).drain();
    await client.post('/identity/email/verify/confirm', { token: mailbox.lastToken(ADA.email) });
    const token = await login();
    const refused = await client.post(
      '/api/orders',
      { item: 'lamp', quantity: 0 },
      { token, headers: TENANT },
    );
    expect(refused.status).toBe(400);
    isHosts(refused);
    const taken = await client.post(
      '/api/orders',
      { item: 'lamp', quantity: 2, unknown: 1 },
      { token, headers: TENANT },
    );
    expect(taken.body).toMatchObject({ item: 'lamp', quantity: 2, tenant: 'north' });
  });

  it('lets staff see all orders, from the moment that they are hired', async () => {
    let token = await login();
    const visit = () => client.get('/api/warehouse/orders', { token, headers: TENANT });
    const refused = await visit();
    expect(refused.status).toBe(403);
    isHosts(refused);
    await monolith.app.get(Staff, { strict: false }).hire(1);
    if (mode === 'stateless') {
      expect((await visit()).status).toBe(401);
      token = await login();
    }
    const seen = await visit();
    expect([seen.status, JSON.parse(seen.text)]).toMatchObject([200, [{ item: 'lamp' }]]);
  });

  it('takes staff in by invitation: a new account, the host’s row and the role at once', async () => {
    await monolith.app.get(Staff, { strict: false }).invite('grace@example.com');
    await monolith.app.get(OutboxWorker, { strict: false }).drain();
    const answer = await client.post('/identity/invitations/sign-up', {
      token: mailbox.lastToken('grace@example.com'),
      password: ADA.password,
    });
    expect(answer.status).toBe(200);
    const options = { token: answer.body.access_token, headers: TENANT };
    expect((await client.get('/api/warehouse/orders', options)).status).toBe(200);
    expect((await client.get('/api/orders', options)).status).toBe(200);
  });

  it('leaves Castellan’s routes to Castellan', async () => {
    isCastellans(await client.get('/identity/me'), 'core.unauthenticated');
    isCastellans(await client.post('/identity/signup', ADA), 'core.email_taken');
    isCastellans(
      await client.post('/identity/signup', { email: 5, password: ADA.password }),
      'core.validation_failed',
    );
    isCastellans(
      await client.post('/identity/signup', { ...ADA, email: 'b@example.com', unknown: 1 }),
      'core.validation_failed',
    );
    isCastellans(
      await client.get('/identity/sessions?limit=abc', { token: await login() }),
      'core.validation_failed',
    );
  });

  it('sends customers to GitHub, and takes them back at its own address alone', async () => {
    const providers = await client.get('/identity/oauth/providers');
    expect(providers.body['data']).toEqual([{ id: 'github', name: 'GitHub' }]);
    const begin = (target: string) =>
      client.get(`/identity/oauth/github/start?redirect_to=${encodeURIComponent(target)}`);
    const begun = await begin('http://localhost:3000/signed-in');
    const { origin, searchParams } = new URL(begun.headers.get('location') ?? '');
    expect([begun.status, origin, searchParams.get('code_challenge_method')]).toEqual([
      ...[302, 'https://github.com', 'S256'],
    ]);
    expect(searchParams.get('redirect_uri')).toBe('http://localhost:3000/identity/oauth/github/callback');
    isCastellans(await begin('https://evil.example/signed-in'), 'core.redirect_not_allowed');
  });

  it('asks customers with an authenticator app for it, by whichever way they come in', async () => {
    const token = await login();
    const enrolment = await client.post('/identity/two-factor/totp/enrol', {}, { token });
    const secret = String(enrolment.body['secret']);
    const confirm = { code: await appCodeBefore(secret) };
    expect((await client.post('/identity/two-factor/totp/confirm', confirm, { token })).status).toBe(200);
    expect((await client.post('/identity/magic-link', { email: ADA.email })).status).toBe(202);
    await monolith.app.get(OutboxWorker, { strict: false }).drain();
    const link = { email: ADA.email, code: mailbox.lastCode(ADA.email) };
    const challenge = await client.post('/identity/magic-link/confirm', link);
    expect(challenge.body['status']).toBe('challenge_required');
    const refused = await client.get('/api/orders', {
      token: String(challenge.body['challenge_token']),
      headers: TENANT,
    });
    expect(refused.status).toBe(401);
    isHosts(refused);
    const { body } = await client.post('/identity/two-factor/challenge/verify', {
      ...{ challenge_token: challenge.body['challenge_token'], method: 'totp', code: appCode(secret) },
    });
    const orders = await client.get('/api/orders', { token: body.access_token, headers: TENANT });
    expect(orders.status).toBe(200);
    const removal = { password: ADA.password };
    const own = { token: body.access_token };
    expect((await client.post('/identity/two-factor/disable', removal, own)).status).toBe(204);
  });

  it('runs a job without any request', async () => {
    const token = await login();
    expect(await monolith.app.get(NightlySignOut, { strict: false }).run()).toBe(0);
    expect((await client.get('/identity/me', { token })).status).toBe(200);
  });

  it('lets a plain provider sign out, and suspend in one transaction with the host’s row', async () => {
    const desk = monolith.app.get(SupportDesk, { strict: false });
    const token = await login();
    expect(await desk.signOutEverywhere(1)).toBeGreaterThan(0);
    expect((await client.get('/identity/me', { token })).status).toBe(401);
    await desk.suspend(1, 'unpaid');
    isCastellans(
      await client.post('/identity/login', { email: ADA.email, password: ADA.password }),
      'core.account_banned',
    );
    await expect(desk.suspend(99, 'nobody')).rejects.toThrow('There is no such customer.');
  });
});
