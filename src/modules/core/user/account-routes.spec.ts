import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import request from 'supertest';
import { AccountFixture, PASSWORD } from '../../../../test/support/account-fixture.js';
import { ProblemFilter } from '../../../shared/errors/problem.filter.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  type Credential,
  CredentialResolver,
  type Resolution,
  ResolvesCredentials,
} from '../extension/credential-resolver.js';
import { AuthGuard } from '../http/auth.guard.js';
import { ClientInfoReader } from '../http/client-info.reader.js';
import { ClientInfoPipe } from '../http/client.decorator.js';
import { CredentialAuthenticator } from '../http/credential-authenticator.js';
import { CsrfPolicy } from '../http/csrf-policy.js';
import { PrincipalUsers } from '../http/principal-users.js';
import { SignInResponder } from '../http/sign-in-responder.js';
import { TokenCookies } from '../http/token-cookies.js';
import { AvailabilityService } from './availability.service.js';
import { PageCatalogue } from '../pages/page-catalogue.js';
import { PagesController } from '../pages/pages.controller.js';
import { PasswordController, PasswordResetController } from '../password/password.controller.js';
import { RegistrationController } from '../registration/registration.controller.js';
import { EmailChangeController, PhoneChangeController } from '../verification/address-change.controller.js';
import {
  EmailVerificationController,
  PhoneVerificationController,
} from '../verification/verification.controller.js';
import { AvailabilityController } from './availability.controller.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';
import { UserRepository } from './user.repository.js';

/** Credentials of this test: the id of the account is the token. */
@ResolvesCredentials({ order: 0 })
@Injectable()
class IdResolver extends CredentialResolver {
  constructor(
    private readonly users: UserRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async resolve({ token }: Credential): Promise<Resolution> {
    const user = await this.users.findById(token);
    if (!user || user.deletedAt) return { outcome: 'refused' };
    const { id: userId, emailVerified } = user;
    const principal = {
      kind: 'user',
      userId,
      sessionId: null,
      authenticatedAt: this.clock.now(),
      methods: ['pwd'],
      emailVerified,
      claims: {},
    } as const;
    return { outcome: 'resolved', principal };
  }
}

const CONTROLLERS = [
  ...[RegistrationController, AvailabilityController, ProfileController, PagesController],
  ...[PasswordController, PasswordResetController, EmailVerificationController, PhoneVerificationController],
  ...[EmailChangeController, PhoneChangeController],
];
const PROVIDERS = [
  PageCatalogue,
  AvailabilityService,
  ...[IdResolver, ProfileService, PrincipalUsers, CredentialAuthenticator, CsrfPolicy, TokenCookies],
  ...[SignInResponder, ClientInfoReader, ClientInfoPipe, AuthGuard, ProblemFilter],
];

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('the routes of accounts, on %s', (_name, adapter) => {
  let fixture: AccountFixture;
  const start = async (options: Parameters<typeof AccountFixture.create>[0] = {}) => {
    fixture = await AccountFixture.create(options, {
      controllers: CONTROLLERS,
      providers: PROVIDERS,
      adapter: adapter(),
    });
    const server: { ready?: () => Promise<unknown> } = fixture.app?.getHttpAdapter().getInstance();
    if (adapter() instanceof FastifyAdapter) await server.ready?.();
  };
  const http = () => request(fixture.app?.getHttpServer());
  const post = (path: string, body: object, token?: string) => {
    const call = http().post(`/auth/${path}`);
    return (token ? call.set('authorization', `Bearer ${token}`) : call).send(body);
  };
  beforeEach(() => start());
  afterEach(() => fixture.close());

  const signUp = async (body: object = { email: 'ada@example.com' }): Promise<string> => {
    const { body: answer } = await post('signup', { password: PASSWORD, ...body }).expect(201);
    return answer.user.id;
  };

  it('signs up: 201 with the account and no tokens, 409 for the second', async () => {
    const { body } = await post('signup', { email: 'ada@example.com', password: PASSWORD })
      .expect(201)
      .expect('cache-control', 'no-store');
    expect(Object.keys(body)).toEqual(['user']);
    expect(body.user).toMatchObject({
      email: 'ada@example.com',
      email_verified: false,
      username: 'ada',
      has_password: true,
    });
    const { body: problem } = await post('signup', { email: 'ADA@example.com', password: PASSWORD })
      .expect(409)
      .expect('content-type', /problem\+json/);
    expect(problem).toMatchObject({ code: 'core.email_taken', errors: [{ field: 'email' }] });
  });

  it.each(['is_super_admin', 'email_verified', 'active', 'id', 'password_hash', 'created_at', 'roles'])(
    'refuses %s from a body',
    async (field) => {
      await post('signup', { email: 'ada@example.com', password: PASSWORD, [field]: true }).expect(400);
      const id = await signUp();
      const { body } = await http()
        .patch('/auth/me')
        .set('authorization', `Bearer ${id}`)
        .send({ [field]: true })
        .expect(400);
      expect(body).toMatchObject({
        code: 'core.validation_failed',
        errors: [{ field, code: 'unknown_field' }],
      });
    },
  );

  it('answers 202 alike where the address has to be proven', async () => {
    await fixture.close();
    await start({ emailVerification: 'required' });
    const { body } = await post('signup', { email: 'ada@example.com', password: PASSWORD }).expect(202);
    expect(body).toEqual({
      status: 'verification_required',
      registration_id: expect.any(String),
      expires_in: 86_400,
    });
    const { token } = (await fixture.mailed('confirm_registration')) ?? {};
    const { body: confirmed } = await post('email/verify/confirm', { token, password: PASSWORD }).expect(200);
    expect(confirmed).toMatchObject({
      status: 'registered',
      user: { email: 'ada@example.com', email_verified: true },
    });
    const { body: again } = await post('signup', { email: 'ada@example.com', password: PASSWORD }).expect(
      202,
    );
    expect(Object.keys(again)).toEqual(Object.keys(body));
  });

  it('shows, changes and deletes one’s account', async () => {
    const id = await signUp();
    const authorized = { authorization: `Bearer ${id}` };
    await http().get('/auth/me').expect(401);
    const { body: me } = await http().get('/auth/me').set(authorized).expect(200);
    expect(me).toMatchObject({
      id,
      email: 'ada@example.com',
      pending_email: null,
      pending_phone_number: null,
    });
    const { body: changed } = await http()
      .patch('/auth/me')
      .set(authorized)
      .send({ name: 'Ada', username: 'countess', locale: 'en-GB' })
      .expect(200);
    expect(changed).toMatchObject({ name: 'Ada', username: 'countess', locale: 'en-GB' });
    for (const bad of [
      { name: '' },
      { avatar: 'javascript:alert(1)' },
      { locale: '<b>' },
      { username: null },
      { name: 'a\nb' },
      { biography: 7 },
    ]) {
      await http().patch('/auth/me').set(authorized).send(bad).expect(400);
    }
    await http().delete('/auth/me').set(authorized).send({ password: 'not the right one' }).expect(401);
    await http().delete('/auth/me').set(authorized).expect(204);
    await http().get('/auth/me').set(authorized).expect(401);
  });

  it('proves an address and changes it', async () => {
    const id = await signUp();
    await post('email/verify/request', { email: 'ada@example.com' }).expect(202, { status: 'accepted' });
    await post('email/verify/request', { email: 'nobody@example.com' }).expect(202, { status: 'accepted' });
    await post('email/verify/request', { email: 'nobody@example.com' })
      .expect(429)
      .expect('retry-after', '60');
    await post('email/verify/confirm', { token: (await fixture.mailed('verify_email'))?.token }).expect(200, {
      status: 'verified',
    });
    await post('me/email', { email: 'countess@example.com' }, id).expect(202, { status: 'accepted' });
    const { code, token } = (await fixture.mailed('confirm_email_change')) ?? {};
    const { body: me } = await http().get('/auth/me').set('authorization', `Bearer ${id}`).expect(200);
    expect(me).toMatchObject({ email: 'ada@example.com', pending_email: 'countess@example.com' });
    await post('me/email/confirm', { code }).expect(401);
    await post('me/email/confirm', { token, code }).expect(400);
    await post('me/email/confirm', { token }).expect(200, { email: 'countess@example.com' });
    await post('me/email/confirm', { code }, id).expect(400);
  });

  it('proves a phone number, and puts another on the account', async () => {
    const id = await signUp({ phone_number: '+41446681800' });
    await post('phone/verify/confirm', {
      phone_number: '+41446681800',
      code: (await fixture.texted('verify_phone'))?.code,
    }).expect(200, { status: 'verified' });
    await post('me/phone', { phone_number: '+41446681801' }, id).expect(202);
    const { body } = await post(
      'me/phone/confirm',
      { code: (await fixture.texted('confirm_phone_change'))?.code },
      id,
    ).expect(200);
    expect(body).toMatchObject({ phone_number: '+41446681801', phone_number_verified: true });
    await post('me/phone/confirm', { code: 123_456 }, id).expect(400);
  });

  it('changes and resets a password', async () => {
    const id = await signUp();
    await post('me/password', { new_password: 'another drawbridge' }, id).expect(400);
    await post('me/password', { current_password: 'wrong', new_password: 'another drawbridge' }, id).expect(
      401,
    );
    await post('me/password', { current_password: PASSWORD, new_password: 'another drawbridge' }, id).expect(
      204,
      '',
    );
    await post('password/forgot', { email: 'nobody@example.com' }).expect(202, { status: 'accepted' });
    await post('password/forgot', { email: 'ada@example.com' }).expect(202, { status: 'accepted' });
    const { token } = (await fixture.mailed('password_reset')) ?? {};
    await post('password/reset', { token, password: 'password1' }).expect(400);
    await post('password/reset', { token, password: 'x'.repeat(129) }).expect(400);
    await post('password/reset', { token, password: 'yet another drawbridge' }).expect(204, '');
    await post('password/reset', { token, password: 'yet another drawbridge' }).expect(400);
  });

  it('answers whether a username is free', async () => {
    await signUp();
    const ask = (query: string) => http().get(`/auth/availability?${query}`);
    await ask('username=ADA').expect(200, { available: false });
    await ask('username=countess').expect(200, { available: true });
    await ask('username=x').expect(400);
    for (const query of [
      '',
      'email=ada@example.com',
      'username=a1b&email=x@example.com',
      'username=ada&username=bob',
      'unknown=1',
    ])
      await ask(query).expect(400);
  });

  it('serves the pages of links, with their policy', async () => {
    const { text } = await http()
      .get('/auth/pages/reset-password')
      .expect(200)
      .expect('content-type', 'text/html; charset=utf-8');
    expect(text).toContain('data-endpoint="../password/reset"');
    const { headers } = await http().get('/auth/pages/verify-email').expect(200);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'sha256-/);
    expect(headers['referrer-policy']).toBe('no-referrer');
    for (const page of ['nothing', 'constructor', '__proto__'])
      await http().get(`/auth/pages/${page}`).expect(404);
  });

  it('documents every operation with its security and its answers', () => {
    if (!fixture.app) throw new Error('There is no application.');
    const document: OpenAPIObject = SwaggerModule.createDocument(fixture.app, new DocumentBuilder().build());
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual([
      ...[
        'core_changeEmail',
        'core_changePassword',
        'core_changePhone',
        'core_confirmEmailChange',
        'core_confirmEmailVerification',
      ],
      ...[
        'core_confirmPhoneChange',
        'core_confirmPhoneVerification',
        'core_deleteMe',
        'core_forgotPassword',
        'core_getAvailability',
      ],
      ...[
        'core_getMe',
        'core_getPage',
        'core_removeEmail',
        'core_removePhone',
        'core_requestEmailVerification',
        'core_requestPhoneVerification',
        'core_resetPassword',
      ],
      ...['core_signup', 'core_updateMe'],
    ]);
    for (const operation of operations) {
      expect(operation.security).toBeDefined();
      expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) >= 400)
          expect(Object.keys((response as { content: object }).content)).toEqual([
            'application/problem+json',
          ]);
      }
    }
  });
});
