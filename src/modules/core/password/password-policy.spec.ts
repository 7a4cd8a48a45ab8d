import { describe, expect, it } from '@jest/globals';
import { BreachedPasswordChecker, NoBreachedPasswordChecker } from './breach-check.js';
import { PasswordPolicy } from './password-policy.js';

const policy = new PasswordPolicy({ serviceName: 'Castellan' }, new NoBreachedPasswordChecker());
const reason = (code: string) => ({
  code: `core.${code}`,
  status: 400,
  fields: [{ field: 'password', code }],
});

describe('PasswordPolicy', () => {
  it('counts code points, from the least length on', async () => {
    await expect(policy.check('gu4rd3d')).rejects.toMatchObject(reason('password_too_short'));
    await policy.check('gu4rd3d!');
    await expect(policy.check('密'.repeat(7))).rejects.toMatchObject(reason('password_too_short'));
    await policy.check('密'.repeat(8));
    await expect(policy.check('🔑'.repeat(7))).rejects.toMatchObject(reason('password_too_short'));
    await policy.check('🔑'.repeat(15));
    const strict = new PasswordPolicy({ minLength: 15 }, new NoBreachedPasswordChecker());
    await expect(strict.check('gatehouse towe')).rejects.toMatchObject(reason('password_too_short'));
    await strict.check('gatehouse tower');
  });

  it.each(['x', '密', '🔑', 'e\u0301'])('takes 128 of %s, not 129', async (character) => {
    await policy.check(character.repeat(64));
    await policy.check(character.repeat(128));
    await expect(policy.check(character.repeat(129))).rejects.toMatchObject(reason('password_too_long'));
  });

  it('counts after NFC', async () => {
    await expect(policy.check('e\u0301'.repeat(7))).rejects.toMatchObject(reason('password_too_short'));
  });

  it('refuses lone surrogates', async () => {
    await expect(policy.check('gatehouse \udc00')).rejects.toMatchObject(reason('password_invalid'));
  });

  it.each(['mvwqzkjrtp', '8306174925', '        ', '^&{]~;|<', '  gatehouse  '])(
    'has no rules of composition: %p',
    async (password) => {
      await policy.check(password);
    },
  );

  it.each([
    ...['password1', '12345678', 'qwertyuiop', 'iloveyou', 'sunshine', 'football', 'princess', '11111111'],
    ...['passwordpassword', '123456789012345', 'PassWord1', 'abcdefgh', '00000000', '87654321'],
  ])('refuses the common %s and says why', async (password) => {
    await expect(policy.check(password)).rejects.toMatchObject({
      ...reason('password_common'),
      detail: expect.stringContaining('list of common passwords'),
    });
  });

  it('compares the whole password with the list', async () => {
    await policy.check('sunshine over the moat');
    await policy.check(' password1');
  });

  it('refuses the names of the account and of the service, in any case and spelling', async () => {
    const identity = { email: 'Ren\u00e9.Gate@example.com', username: 'gatekeeper' };
    for (const name of ['ren\u00e9.gate@EXAMPLE.com', 'rene\u0301.gate', 'GateKeeper', 'castellan']) {
      await expect(policy.check(name, identity)).rejects.toMatchObject(reason('password_matches_identity'));
    }
    await policy.check('gatekeeper of old', identity);
    await policy.check('gatekeeper', { email: null, username: null });
  });

  it('asks about breaches last, with the normalised password, and names the field it is told', async () => {
    class Fixed extends BreachedPasswordChecker {
      readonly asked: string[] = [];
      override isBreached(password: string): Promise<boolean> {
        this.asked.push(password);
        return Promise.resolve(true);
      }
    }
    const breaches = new Fixed();
    const checked = new PasswordPolicy({}, breaches);
    await expect(checked.check('short')).rejects.toMatchObject(reason('password_too_short'));
    await expect(checked.check('cafe\u0301 tower', {}, 'new_password')).rejects.toMatchObject({
      ...reason('password_breached'),
      fields: [{ field: 'new_password', code: 'password_breached' }],
    });
    expect(breaches.asked).toEqual(['caf\u00e9 tower']);
  });

  it('refuses a least length out of bounds', () => {
    for (const minLength of [7, 65, 8.5]) {
      expect(() => new PasswordPolicy({ minLength }, new NoBreachedPasswordChecker())).toThrow(RangeError);
    }
  });
});
