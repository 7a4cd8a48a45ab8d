import { describe, expect, it } from '@jest/globals';
import { isReservedUsername, parseUsername, USERNAME_PATTERN } from './username.js';
import { usernameCandidates } from './username-derivation.js';

describe('parseUsername', () => {
  it.each(['ada', 'Ada_Lovelace', 'a.b-c_9', 'a'.repeat(30)])('keeps %s as it is', (name) => {
    expect(parseUsername(name, [])).toBe(name);
  });

  it.each([
    '',
    'ab',
    'a'.repeat(31),
    '1ada',
    '.ada',
    'a da',
    'ada\n',
    'adä',
    'ada@example',
    '\u212Aelvin',
    'аda',
  ])('refuses %j', (name) => {
    expect(() => parseUsername(name, [])).toThrow(expect.objectContaining({ code: 'core.invalid_username' }));
  });

  it.each(['admin', 'ROOT', 'Moderator', 'support', 'api', 'ad-min', 'r.o.o.t', 'boss'])(
    'reserves %s',
    (name) => {
      expect(() => parseUsername(name, ['Boss'])).toThrow(
        expect.objectContaining({ code: 'core.username_reserved' }),
      );
    },
  );

  it('lets reserved names pass where it is told to', () => {
    expect(parseUsername('admin', null)).toBe('admin');
  });
});

describe('usernameCandidates', () => {
  const first = (source: Parameters<typeof usernameCandidates>[0]) => [...usernameCandidates(source)][0];

  it.each([
    [{ email: 'ada.lovelace@example.com' }, 'ada.lovelace'],
    [{ email: 'Ada.Lovelace+news@example.com' }, 'ada.lovelace'],
    [{ email: 'jörg.müller@example.com' }, 'jorg.muller'],
    [{ email: '42@example.com', name: 'Ada Lovelace' }, 'ada.lovelace'],
    [{ email: 'ada@example.com', preferred: 'countess' }, 'countess'],
    [{ email: `${'a'.repeat(60)}@example.com` }, 'a'.repeat(30)],
  ])('makes %j into %s', (source, expected) => {
    expect(first(source)).toBe(expected);
  });

  it.each([
    [{ email: 'admin@example.com' }, /^admin\d{4}$/],
    [{ email: '密码@example.com' }, /^user\d{4}$/],
    [{ email: 'a@example.com' }, /^user\d{4}$/],
    [{ name: '' }, /^user\d{4}$/],
  ])('adds digits to %j', (source, pattern) => {
    expect(first(source)).toMatch(pattern);
  });

  it('offers nothing but usernames, each of them another', () => {
    for (const email of [
      'admin@x.io',
      `${'z'.repeat(64)}@x.io`,
      '___@x.io',
      'a-@x.io',
      '.@x.io',
      'ok.name@x.io',
    ]) {
      const candidates = [...usernameCandidates({ email })];
      for (const candidate of candidates) {
        expect(candidate).toMatch(USERNAME_PATTERN);
        expect(isReservedUsername(candidate)).toBe(false);
      }
      expect(new Set(candidates).size).toBe(candidates.length);
    }
  });
});
