import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import {
  authenticated,
  CLIENT,
  type FixtureSettings,
  signInFixture,
} from '../../../../test/support/sign-in-fixture.js';
import { sha256 } from '../../../shared/crypto/random.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { type ClaimsContext, ClaimsContributor, ContributesClaims } from '../extension/claims-contributor.js';
import { TokenClaims } from '../login/claims.js';
import { SessionLiveness } from './session-liveness.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

@Injectable()
@ContributesClaims({ order: 1 })
class Membership extends ClaimsContributor {
  member = true;
  seen: ClaimsContext[] = [];

  override contribute(context: ClaimsContext): Record<string, unknown> {
    this.seen.push(context);
    if (!this.member) throw new AuthError(GeneralErrors.forbidden);
    return { org_id: 'o1' };
  }
}

async function signedIn(settings: FixtureSettings = {}) {
  const fixture = await signInFixture(settings);
  const user = await fixture.createUser({ emailVerified: true });
  const login = await authenticated(fixture.login());
  fixture.heard();
  const refresh = (token: string) => fixture.refreshes.refresh(token, {}, CLIENT);
  /** Whether an access token would be accepted. */
  const lives = async (accessToken: string): Promise<boolean> => {
    const state = await fixture.sessions.findByAccessToken(sha256(accessToken));
    return (
      state !== null &&
      state.session.expiresAt > fixture.clock.now() &&
      fixture.module.get(SessionLiveness).lives(state)
    );
  };
  return { ...fixture, user, signedIn: login, first: login.pair.refreshToken, refresh, lives };
}

describe('refresh', () => {
  it('gives the next pair of the same session', async () => {
    const { refresh, first, signedIn: login, clock, heard, lives } = await signedIn();
    clock.advance(5 * MINUTE);
    const next = await refresh(first);
    expect(next).toMatchObject({
      status: 'authenticated',
      sessionId: login.sessionId,
      user: { id: login.user.id },
    });
    expect(next.pair.refreshToken).not.toBe(first);
    expect(heard()).toEqual(['SessionRefreshed']);
    // The older access token stays good to its own end.
    expect([await lives(login.pair.accessToken), await lives(next.pair.accessToken)]).toEqual([true, true]);
    clock.advance(10 * MINUTE);
    expect([await lives(login.pair.accessToken), await lives(next.pair.accessToken)]).toEqual([false, true]);
  });

  it('answers twenty at once with one successor, which goes on', async () => {
    const { refresh, first, sessions, user, clock, heard } = await signedIn();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(first)));
    expect(new Set(answers.map(({ user: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(heard()).toEqual(['SessionRefreshed']);
    await refresh(answers[7]?.pair.refreshToken ?? '');
    expect(await sessions.revokeAll(user.id, 'logout', clock.now())).toHaveLength(1);
  });

  it('repeats the answer within the grace', async () => {
    const { refresh, first, clock } = await signedIn();
    const next = await refresh(first);
    clock.advance(10 * SECOND - 1);
    const again = await refresh(first);
    expect({ ...again, user: null }).toEqual({ ...next, user: null });
  });

  it('ends the session, once, when a token comes back after the grace', async () => {
    const {
      refresh,
      first,
      clock,
      heard,
      lives,
      login,
      sessions,
      signedIn: { sessionId },
    } = await signedIn();
    const other = await authenticated(login());
    const next = await refresh(first);
    clock.advance(10 * SECOND);
    heard();
    const replays = await Promise.allSettled(Array.from({ length: 20 }, () => refresh(first)));
    expect(
      replays.every(
        (replay) =>
          replay.status === 'rejected' && replay.reason instanceof AuthError && replay.reason.status === 401,
      ),
    ).toBe(true);
    expect(heard()).toEqual(['SessionsRevoked', 'RefreshTokenReused']);
    expect((await sessions.findFamily(sessionId))?.revokedReason).toBe('refresh_reuse_detected');
    await expect(refresh(next.pair.refreshToken)).rejects.toMatchObject({
      code: 'core.invalid_refresh_token',
    });
    expect(await lives(next.pair.accessToken)).toBe(false);
    expect(await lives(other.pair.accessToken)).toBe(true);
    await refresh(other.pair.refreshToken);
  });

  it('ends the session when the grand-parent comes back, grace or not', async () => {
    const { refresh, first } = await signedIn();
    const second = await refresh(first);
    const third = await refresh(second.pair.refreshToken);
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.refresh_token_reused', status: 401 });
    await expect(refresh(third.pair.refreshToken)).rejects.toMatchObject({
      code: 'core.invalid_refresh_token',
    });
  });

  it('knows a replaced token for reuse after its own end, too', async () => {
    const {
      refresh,
      first,
      clock,
      sessions,
      signedIn: { sessionId },
    } = await signedIn();
    let token = first;
    for (let day = 0; day < 8; day++) {
      token = (await refresh(token)).pair.refreshToken;
      clock.advance(DAY);
    }
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.refresh_token_reused' });
    expect((await sessions.findFamily(sessionId))?.revokedAt).not.toBeNull();
  });

  it('without a grace lets one of many pass and ends nothing; a later replay does', async () => {
    const { refresh, first } = await signedIn({ options: { session: { refreshGraceMs: 0 } } });
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => refresh(first)));
    const passed = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    // Those that came in after the rotation are replays already.
    expect(passed).toHaveLength(1);
    await expect(refresh(first)).rejects.toMatchObject({ status: 401 });
    await expect(refresh(passed[0]?.pair.refreshToken ?? '')).rejects.toMatchObject({ status: 401 });
  });

  it('hands out nothing after the session has ended, within the grace either', async () => {
    const {
      refresh,
      first,
      sessionService,
      user,
      signedIn: { sessionId },
    } = await signedIn();
    const next = await refresh(first);
    await sessionService.revoke(user.id, sessionId, 'user_revoke', CLIENT);
    for (const token of [first, next.pair.refreshToken]) {
      await expect(refresh(token)).rejects.toMatchObject({ code: 'core.invalid_refresh_token' });
    }
  });

  it('leaves nothing alive when it meets a revocation', async () => {
    const { createUser, login, refresh, sessionService, lives } = await signedIn();
    for (let i = 0; i < 20; i++) {
      const user = await createUser({ email: `u${i}@example.com` });
      const { pair, sessionId } = await authenticated(login(`u${i}@example.com`));
      const end = () =>
        i % 2 === 0
          ? sessionService.revoke(user.id, sessionId, 'logout', CLIENT)
          : sessionService.revokeAll(user.id, 'password_change', CLIENT);
      const [refreshed] = await Promise.allSettled([refresh(pair.refreshToken), end()]);
      const issued = refreshed.status === 'fulfilled' ? refreshed.value.pair : pair;
      expect(await lives(issued.accessToken)).toBe(false);
      await expect(refresh(issued.refreshToken)).rejects.toMatchObject({ status: 401 });
    }
  });

  it('tells losers whose session ended meanwhile nothing', async () => {
    const fixture = await signedIn();
    const {
      first,
      refresh,
      sessionService,
      user,
      signedIn: { sessionId },
      module,
    } = fixture;
    const claims = module.get(TokenClaims);
    const collect = claims.collect.bind(claims);
    // Between the lookup and the rotation.
    claims.collect = async (context) => {
      await sessionService.revoke(user.id, sessionId, 'user_revoke', CLIENT);
      return collect(context);
    };
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.invalid_refresh_token' });
  });

  it('does not consume a token that is refused for another reason', async () => {
    const { refresh, first, module, users, user } = await signedIn({
      providers: [Membership],
      options: { emailVerification: 'required' },
    });
    const membership = module.get(Membership);
    membership.member = false;
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.forbidden' });
    membership.member = true;
    await users.setEmailVerified(user.id, false);
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.email_not_verified' });
    await users.setEmailVerified(user.id, true);
    await refresh(first);
    expect(membership.seen.map(({ previous }) => previous)).toEqual([
      null,
      { org_id: 'o1' },
      { org_id: 'o1' },
    ]);
  });

  it('dies with the token version', async () => {
    const {
      refresh,
      first,
      users,
      user,
      lives,
      signedIn: { pair },
    } = await signedIn();
    await users.raiseTokenVersion(user.id);
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.invalid_refresh_token' });
    expect(await lives(pair.accessToken)).toBe(false);
  });

  it('never passes the end of the session', async () => {
    const session = { sessionTtlMs: 3 * DAY, refreshTokenTtlMs: 2 * DAY, accessTokenTtlMs: DAY };
    const {
      refresh,
      first,
      clock,
      signedIn: { issuedAt },
    } = await signedIn({ options: { session } });
    const end = new Date(issuedAt.getTime() + 3 * DAY);
    clock.advance(2 * DAY - 1);
    const second = await refresh(first);
    expect(second.refreshExpiresAt).toEqual(end);
    clock.advance(DAY - 1);
    const third = await refresh(second.pair.refreshToken);
    expect([third.accessExpiresAt, third.refreshExpiresAt]).toEqual([end, end]);
    clock.set(end);
    await expect(refresh(third.pair.refreshToken)).rejects.toMatchObject({
      code: 'core.invalid_refresh_token',
    });
  });

  it('ends with the refresh token’s own lifetime', async () => {
    const { refresh, first, clock } = await signedIn();
    clock.advance(7 * DAY);
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.invalid_refresh_token' });
  });

  it('ends by idleness, which each use puts off', async () => {
    const { refresh, first, clock } = await signedIn({ options: { session: { idleTtlMs: 10 * MINUTE } } });
    clock.advance(9 * MINUTE);
    const next = await refresh(first);
    clock.advance(9 * MINUTE);
    const last = await refresh(next.pair.refreshToken);
    clock.advance(10 * MINUTE);
    await expect(refresh(last.pair.refreshToken)).rejects.toMatchObject({
      code: 'core.invalid_refresh_token',
    });
  });

  it('takes no other text, and asks nobody about it', async () => {
    const {
      refresh,
      signedIn: { pair },
    } = await signedIn();
    for (const token of [
      '',
      'x',
      pair.accessToken,
      `${pair.refreshToken}=`,
      'A'.repeat(43),
      '😀'.repeat(43),
    ]) {
      await expect(refresh(token)).rejects.toMatchObject({ code: 'core.invalid_refresh_token' });
    }
  });

  it('refuses where the sealed answer is gone', async () => {
    const {
      refresh,
      first,
      sessions,
      clock,
      signedIn: { sessionId },
    } = await signedIn();
    await refresh(first);
    clock.advance(SECOND);
    await sessions.forgetSealedAnswers(clock.now(), 100);
    await expect(refresh(first)).rejects.toMatchObject({ code: 'core.invalid_refresh_token' });
    expect((await sessions.findFamily(sessionId))?.revokedAt).toBeNull();
  });
});
