import { describe, expect, it } from '@jest/globals';
import {
  authenticated,
  CLIENT,
  RandomTokenMinter,
  signInFixture,
} from '../../../../test/support/sign-in-fixture.js';
import { Injectable } from '@nestjs/common';
import { SessionsRevoked } from '../core.events.js';
import { MintsTokens } from '../extension/token-minter.js';
import { LastUseRecorder } from './last-use.js';

const MINUTE = 60_000;

describe('sessions', () => {
  it('are listed one a login, newest first, by pages', async () => {
    const { createUser, login, refreshes, sessionService, clock } = await signInFixture();
    const user = await createUser();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { sessionId, pair } = await authenticated(login());
      await refreshes.refresh(pair.refreshToken, {}, CLIENT);
      ids.unshift(sessionId);
      clock.advance(1_000);
    }
    const page = await sessionService.list(user.id, { limit: 2 });
    expect(page).toMatchObject({ total: 3, limit: 2, sort_field: 'created_at', sort_dir: 'desc' });
    const rest = await sessionService.list(user.id, { limit: 2, cursor: page.next_cursor ?? '' });
    expect([...page.data, ...rest.data].map(({ id }) => id)).toEqual(ids);
  });

  it('end one by one, and only by their owner', async () => {
    const { createUser, login, sessionService, events } = await signInFixture();
    const [ada, eve] = [await createUser(), await createUser({ email: 'eve@example.com' })];
    const { sessionId } = await authenticated(login());
    for (const [userId, id] of [
      [eve.id, sessionId],
      [ada.id, eve.id],
      [ada.id, 'x'],
      [ada.id, ''],
    ] as const) {
      await expect(sessionService.revoke(userId, id, 'user_revoke', CLIENT)).rejects.toMatchObject({
        code: 'core.session_not_found',
        status: 404,
      });
    }
    events.length = 0;
    await sessionService.revoke(ada.id, sessionId.toUpperCase(), 'user_revoke', CLIENT);
    expect(events).toMatchObject([
      { userId: ada.id, sessionIds: [sessionId], reason: 'user_revoke', all: null },
    ]);
    await expect(sessionService.revoke(ada.id, sessionId, 'user_revoke', CLIENT)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('end all but one, which goes on', async () => {
    const { createUser, login, sessionService, refreshes, events, users } = await signInFixture();
    const user = await createUser();
    const [kept, other] = [await authenticated(login()), await authenticated(login())];
    events.length = 0;
    expect(
      await sessionService.revokeAll(user.id, 'user_revoke_all', CLIENT, { except: kept.sessionId }),
    ).toEqual([other.sessionId]);
    const tokenVersion = (await users.findById(user.id))?.tokenVersion;
    expect(tokenVersion).toBe(user.tokenVersion + 1);
    expect(events[0]).toBeInstanceOf(SessionsRevoked);
    expect(events).toMatchObject([
      { sessionIds: [other.sessionId], all: { tokenVersion, kept: kept.sessionId } },
    ]);
    await refreshes.refresh(kept.pair.refreshToken, {}, CLIENT);
    await expect(refreshes.refresh(other.pair.refreshToken, {}, CLIENT)).rejects.toMatchObject({
      status: 401,
    });
  });

  it('end with the transaction that ends them, or not at all', async () => {
    const { createUser, login, sessionService, transactions, users, refreshes } = await signInFixture();
    const user = await createUser();
    const { pair } = await authenticated(login());
    const work = transactions.run(async () => {
      const raised = await users.setPassword(user.id, null);
      await sessionService.revokeAll(user.id, 'password_change', CLIENT, {
        tokenVersion: raised?.tokenVersion,
      });
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    await refreshes.refresh(pair.refreshToken, {}, CLIENT);
  });

  it('take a new proof of identity, whose methods add up', async () => {
    const { createUser, login, sessionService, sessions, clock } = await signInFixture();
    const user = await createUser();
    const { sessionId } = await authenticated(login());
    const principal = {
      kind: 'user',
      ...{ userId: user.id, sessionId, authenticatedAt: clock.now() },
      ...{ methods: ['pwd'], emailVerified: false, claims: {} },
    } as const;
    clock.advance(MINUTE);
    const proven = await sessionService.reauthenticate(principal, ['otp', 'pwd']);
    expect(proven).toMatchObject({ authenticatedAt: clock.now(), methods: ['pwd', 'otp'] });
    expect(await sessions.findFamily(sessionId)).toEqual(proven);
    await sessionService.revokeAll(user.id, 'admin_revoke_all', CLIENT);
    for (const gone of [principal, { ...principal, sessionId: null }, { ...principal, userId: sessionId }]) {
      await expect(sessionService.reauthenticate(gone, ['otp'])).rejects.toMatchObject({
        code: 'core.session_not_found',
      });
    }
  });

  it('end by logout, however often', async () => {
    const { createUser, login, sessionService, heard } = await signInFixture();
    const user = await createUser();
    const { sessionId } = await authenticated(login());
    heard();
    const principal = {
      kind: 'user',
      userId: user.id,
      authenticatedAt: new Date(),
      methods: [],
      emailVerified: false,
      claims: {},
    } as const;
    for (const id of [sessionId, sessionId, null])
      await sessionService.logout({ ...principal, sessionId: id }, CLIENT);
    expect(heard()).toEqual(['SessionsRevoked']);
  });
});

describe(LastUseRecorder.name, () => {
  it('writes at most once a minute a session, and not at once', async () => {
    const { createUser, login, sessions, clock, module } = await signInFixture();
    await createUser();
    const { sessionId } = await authenticated(login());
    const recorder = module.get(LastUseRecorder);
    const written = async () => (await sessions.findFamily(sessionId))?.lastUsedAt;
    const start = clock.now();
    recorder.record(sessionId, start);
    await recorder.flush();
    expect(await written()).toEqual(start);

    clock.advance(MINUTE);
    const used = clock.now();
    recorder.record(sessionId, start);
    expect(await written()).toEqual(start);
    clock.advance(MINUTE / 2);
    recorder.record(sessionId, start);
    await recorder.flush();
    expect(await written()).toEqual(used);
    clock.advance(MINUTE / 2);
    recorder.record(sessionId);
    await module.close();
    expect(await written()).toEqual(clock.now());
  });
});

describe('a refresh', () => {
  it('is a use of the session', async () => {
    const { createUser, login, refreshes, sessions, clock, module } = await signInFixture();
    await createUser();
    const { sessionId, pair } = await authenticated(login());
    clock.advance(2 * MINUTE);
    await refreshes.refresh(pair.refreshToken, {}, CLIENT);
    await module.get(LastUseRecorder).flush();
    expect(await sessions.findFamily(sessionId)).toMatchObject({ lastUsedAt: clock.now() });
  });
});

describe('the mode', () => {
  @Injectable()
  @MintsTokens(true)
  class Another extends RandomTokenMinter {}

  it('is exactly one', async () => {
    await expect(signInFixture({ minter: { provide: 'none', useValue: null } })).rejects.toThrow(
      'Castellan needs one of the modules "session" and "stateless"; neither is mounted.',
    );
    await expect(signInFixture({ providers: [Another] })).rejects.toThrow(
      'Castellan needs exactly one of the modules "session" and "stateless"; mounted are "session" and "session".',
    );
  });
});
