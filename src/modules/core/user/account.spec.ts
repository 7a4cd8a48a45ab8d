import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { AccountFixture, atOnce, outcomes, PASSWORD } from '../../../../test/support/account-fixture.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { ProfileChanged, UserBanned, UserDeleted, UserRestored } from '../core.events.js';
import { StepsIntoUserDeletion, UserDeletionStep } from '../extension/user-data.js';
import { AccountCheck } from '../login/account-check.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { AccountLifecycleService } from './account-lifecycle.service.js';
import { AccountRemovalService } from './account-removal.service.js';
import { UserResponse } from './user.dto.js';
import type { UserRecord } from './user.js';
import { UserRepository } from './user.repository.js';
import { UserService } from './user.service.js';

const refusal = (code: string) => expect.objectContaining({ code: `core.${code}` });

@StepsIntoUserDeletion({ order: 1 })
@Injectable()
class LastOwner extends UserDeletionStep {
  static owner: string | null = null;
  static readonly seen: string[] = [];

  override beforeDelete(userId: string, mode: 'soft' | 'hard'): Promise<void> {
    LastOwner.seen.push(mode);
    return userId === LastOwner.owner
      ? Promise.reject(new AuthError(CoreErrors.account_inactive))
      : Promise.resolve();
  }
}

let fixture: AccountFixture;
let ada: UserRecord;
beforeEach(async () => {
  LastOwner.owner = null;
  LastOwner.seen.length = 0;
  fixture = await AccountFixture.create({}, { providers: [LastOwner] });
  ada = await fixture.user();
});
afterEach(() => fixture.close());

describe('UserResponse', () => {
  it('shows a list of fields and no others', () => {
    const hidden = { ...ada, somethingNew: 'secret', failedLoginAttempts: 4 };
    const shown = UserResponse.from(hidden);
    expect(Object.keys(shown).sort()).toEqual(
      [
        'active',
        'avatar',
        'biography',
        'created_at',
        'email',
        'email_verified',
        'first_name',
        'has_password',
        'id',
        'is_super_admin',
        'last_login_at',
      ]
        .concat([
          'last_name',
          'locale',
          'name',
          'phone_number',
          'phone_number_verified',
          'updated_at',
          'username',
        ])
        .sort(),
    );
    expect(JSON.stringify(shown)).not.toContain('$bcrypt');
  });
});

describe('UserService', () => {
  it('changes what is given, clears what is null, and leaves the rest', async () => {
    const users = fixture.get(UserService);
    await users.updateProfile(ada.id, { name: 'Ada', biography: 'Engines.' }, SYSTEM_CLIENT);
    expect(
      await users.updateProfile(ada.id, { biography: null, username: 'countess' }, SYSTEM_CLIENT),
    ).toMatchObject({
      name: 'Ada',
      biography: null,
      username: 'countess',
    });
    expect(fixture.emitted(ProfileChanged)).toHaveLength(2);
    expect(await users.updateProfile(ada.id, {}, SYSTEM_CLIENT)).toMatchObject({ name: 'Ada' });
  });

  it('changes nothing where the username is refused', async () => {
    await fixture.user({ username: 'countess' });
    const users = fixture.get(UserService);
    for (const [username, code] of [
      ['Countess', 'username_taken'],
      ['admin', 'username_reserved'],
      ['x', 'invalid_username'],
    ] as const) {
      await expect(users.updateProfile(ada.id, { name: 'Ada', username }, SYSTEM_CLIENT)).rejects.toEqual(
        refusal(code),
      );
    }
    expect(await fixture.reload(ada)).toMatchObject({ name: null, username: 'ada' });
  });

  it('gives a username to one of twenty', async () => {
    const people = await Promise.all(atOnce(20, (index) => fixture.user({ username: `person${index}` })));
    const users = fixture.get(UserService);
    const counts = await outcomes(
      people.map(({ id }) => users.changeUsername(id, 'countess', SYSTEM_CLIENT)),
    );
    expect(counts).toEqual({ ok: 1, 'core.username_taken': 19 });
  });

  it('answers for usernames, and for addresses where the host opted in', async () => {
    const users = fixture.get(UserService);
    expect(await users.isAvailable({ username: 'ADA' })).toBe(false);
    expect(await users.isAvailable({ username: 'countess' })).toBe(true);
    expect(await users.isAvailable({ username: 'root' })).toBe(false);
    await expect(users.isAvailable({ email: 'ada@example.com' })).rejects.toEqual(
      refusal('validation_failed'),
    );
    await expect(users.isAvailable({})).rejects.toEqual(refusal('validation_failed'));
    const open = await AccountFixture.create({ availability: ['email'] });
    await open.user();
    expect(await open.get(UserService).isAvailable({ email: 'ADA@example.com' })).toBe(false);
    await open.close();
  });
});

describe('AccountDeletionService', () => {
  const deleteOwn = (password?: string, age = 0) => {
    const principal = fixture.principal(ada);
    fixture.clock.advance(age);
    return fixture.get(AccountDeletionService).deleteOwn(principal, password, SYSTEM_CLIENT);
  };

  it('wants the password or a recent sign-in', async () => {
    await expect(deleteOwn(undefined, 600_001)).rejects.toEqual(refusal('reauthentication_required'));
    await expect(deleteOwn('not the right one')).rejects.toEqual(refusal('invalid_credentials'));
    await deleteOwn(PASSWORD, 600_001);
  });

  it('ends every session, frees the identifiers, and leaves nothing to inherit', async () => {
    const sessionId = await fixture.session(ada);
    await deleteOwn();
    expect(await fixture.endOf(sessionId)).toBe('soft_deleted');
    expect(fixture.emitted(UserDeleted)).toHaveLength(1);
    await expect(fixture.get(UserService).get(ada.id)).rejects.toEqual(refusal('user_not_found'));
    const next = await fixture.user();
    expect(next.id).not.toBe(ada.id);
    expect(next).toMatchObject({
      email: 'ada@example.com',
      username: 'ada',
      emailVerified: false,
      name: null,
    });
    await expect(fixture.get(AccountRemovalService).restore(ada.id, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('email_taken'),
    );
  });

  it('is refused by a module’s step, and changes nothing then', async () => {
    LastOwner.owner = ada.id;
    const sessionId = await fixture.session(ada);
    await expect(deleteOwn()).rejects.toEqual(refusal('account_inactive'));
    expect([await fixture.endOf(sessionId), (await fixture.reload(ada)).deletedAt]).toEqual([null, null]);
    expect(LastOwner.seen).toEqual(['soft']);
  });
});

describe('AccountRemovalService', () => {
  it('brings an account back, and erases one for good', async () => {
    const removal = fixture.get(AccountRemovalService);
    await removal.softDelete(ada.id, SYSTEM_CLIENT);
    await expect(removal.softDelete(ada.id, SYSTEM_CLIENT)).rejects.toEqual(refusal('user_not_found'));
    await removal.restore(ada.id, SYSTEM_CLIENT);
    expect(fixture.emitted(UserRestored)).toHaveLength(1);
    await removal.softDelete(ada.id, SYSTEM_CLIENT);
    fixture.clock.advance('1d');
    expect(await removal.listDeletedBefore(fixture.clock.now(), 10)).toEqual([ada.id]);
    await removal.hardDelete(ada.id, SYSTEM_CLIENT);
    expect(await fixture.get(UserRepository).findById(ada.id)).toBeNull();
    await expect(removal.hardDelete(ada.id, SYSTEM_CLIENT)).rejects.toEqual(refusal('user_not_found'));
    await expect(removal.restore(ada.id, SYSTEM_CLIENT)).rejects.toEqual(refusal('user_not_found'));
    expect(LastOwner.seen).toEqual(['soft', 'soft', 'soft', 'hard']);
  });

  it('tells of the sessions of a living account that it erases', async () => {
    await fixture.session(ada);
    await fixture.get(AccountRemovalService).hardDelete(ada.id, SYSTEM_CLIENT);
    expect(fixture.emitted(UserDeleted)).toHaveLength(1);
  });
});

describe('AccountLifecycleService', () => {
  it('bans until an instant, which nobody has to write down', async () => {
    const sessionId = await fixture.session(ada);
    const until = new Date(fixture.clock.now().getTime() + 3_600_000);
    const banned = await fixture
      .get(AccountLifecycleService)
      .ban(ada.id, { reason: 'spam', until }, SYSTEM_CLIENT);
    expect(await fixture.endOf(sessionId)).toBe('banned');
    expect(fixture.emitted(UserBanned)).toHaveLength(1);
    expect(() => fixture.get(AccountCheck).assertMayAct(banned)).toThrow(refusal('account_banned'));
    fixture.clock.advance('1h');
    expect(fixture.get(AccountCheck).mayAct(await fixture.reload(ada))).toBe(true);
  });

  it('bans for good until it is taken back', async () => {
    const accounts = fixture.get(AccountLifecycleService);
    const banned = await accounts.ban(ada.id, {}, SYSTEM_CLIENT);
    fixture.clock.advance('400d');
    expect(fixture.get(AccountCheck).mayAct(banned)).toBe(false);
    expect(fixture.get(AccountCheck).mayAct(await accounts.unban(ada.id, SYSTEM_CLIENT))).toBe(true);
  });

  it('switches off with the sessions, and on', async () => {
    const accounts = fixture.get(AccountLifecycleService);
    const sessionId = await fixture.session(ada);
    expect(await accounts.setActive(ada.id, false, SYSTEM_CLIENT)).toMatchObject({ active: false });
    expect(await fixture.endOf(sessionId)).toBe('user_disabled');
    expect(await accounts.setActive(ada.id, true, SYSTEM_CLIENT)).toMatchObject({ active: true });
    expect(await accounts.setEmailVerified(ada.id, true, SYSTEM_CLIENT)).toMatchObject({
      emailVerified: true,
    });
  });

  it('knows nobody else', async () => {
    const accounts = fixture.get(AccountLifecycleService);
    const nobody = '01890a5d-ac96-774b-bcce-b302099a8057';
    for (const call of [
      accounts.ban(nobody, {}, SYSTEM_CLIENT),
      accounts.unban(nobody, SYSTEM_CLIENT),
      accounts.setActive(nobody, false, SYSTEM_CLIENT),
    ]) {
      await expect(call).rejects.toEqual(refusal('user_not_found'));
    }
  });
});
