import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../shared/time/fake-clock.js';
import { generateSigningKey } from './generated-keys.js';
import { JwtSigner, JwtVerifier } from './jwt.js';
import { parseSigningKeys, signingKeyOf } from './key-parsing.js';
import { generateKeySet, type KeyRotationOrder, rotateSigningKeys } from './key-rotation.js';
import type { SigningAlgorithm, SigningKeys } from './signing-keys.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const DAY_MS = 24 * 60 * 60_000;
const expected = { typ: 'at+jwt', issuer: 'https://app.test' };

const order = (step: KeyRotationOrder['step'], rest: Partial<KeyRotationOrder> = {}): KeyRotationOrder => ({
  step,
  now: NOW,
  keepMs: 30 * DAY_MS,
  ...rest,
});

function tokenOf({ current }: SigningKeys): string {
  const iat = NOW.getTime() / 1000;
  const claims = { iss: 'https://app.test', sub: 'u1', jti: 'j1', iat, exp: iat + 900 };
  return new JwtSigner(current).sign(claims, { typ: 'at+jwt' });
}

const subjectOf = (keys: SigningKeys, token: string): string =>
  new JwtVerifier(keys, new FakeClock(NOW)).verify(token, expected).sub;

const privateIds = (text: string): string[] =>
  (JSON.parse(text) as { keys: { kid: string; d?: string }[] }).keys
    .filter(({ d }) => d !== undefined)
    .map(({ kid }) => kid);

describe(rotateSigningKeys.name, () => {
  it.each(['ES256', 'EdDSA', 'RS256', 'HS256'] as const)(
    'signs with a new key of %s, and verifies what the old one signed',
    (algorithm: SigningAlgorithm) => {
      const before = generateKeySet(algorithm);
      const old = parseSigningKeys(before.keys);
      const rotation = rotateSigningKeys(before.keys, order('sign'));
      const keys = parseSigningKeys(rotation.keys);
      expect(keys.current).toMatchObject({ kid: rotation.signing, algorithm });
      expect(rotation).toMatchObject({ retired: before.signing, staged: null, dropped: [] });
      expect(rotation.signing).not.toBe(before.signing);
      expect(subjectOf(keys, tokenOf(old))).toBe('u1');
      expect(subjectOf(keys, tokenOf(keys))).toBe('u1');
      expect(() => subjectOf(old, tokenOf(keys))).toThrow();
    },
  );

  it('keeps no private half of what it retires, and publishes none of its notes', () => {
    const { keys, signing } = rotateSigningKeys(generateKeySet('ES256').keys, order('sign'));
    expect(privateIds(keys)).toEqual([signing]);
    const { jwks } = parseSigningKeys(keys);
    expect(jwks.keys).toHaveLength(2);
    expect(JSON.stringify(jwks)).not.toContain('castellan');
  });

  it('publishes the next key first where it is told to, and then lets that one sign', () => {
    const before = generateKeySet('ES256');
    const staged = rotateSigningKeys(before.keys, order('stage'));
    const published = parseSigningKeys(staged.keys);
    expect(published.current.kid).toBe(before.signing);
    expect(published.find(staged.staged ?? '')).toBeDefined();
    // Once more changes nothing.
    expect(rotateSigningKeys(staged.keys, order('stage')).staged).toBe(staged.staged);
    const signed = rotateSigningKeys(staged.keys, order('sign'));
    expect(signed).toMatchObject({ signing: staged.staged, retired: before.signing, staged: null });
    // A node that has not been restarted yet verifies what the new key signs.
    expect(subjectOf(published, tokenOf(parseSigningKeys(signed.keys)))).toBe('u1');
  });

  it('drops what was retired long ago, and nothing else', () => {
    const first = generateKeySet('ES256');
    const second = rotateSigningKeys(first.keys, order('sign'));
    const later = new Date(NOW.getTime() + 29 * DAY_MS);
    const third = rotateSigningKeys(second.keys, order('sign', { now: later }));
    expect(third.dropped).toEqual([]);
    const muchLater = new Date(NOW.getTime() + 31 * DAY_MS);
    const fourth = rotateSigningKeys(third.keys, order('sign', { now: muchLater }));
    expect(fourth.dropped).toEqual([first.signing]);
    expect(parseSigningKeys(fourth.keys).find(second.signing)).toBeDefined();
  });

  it('takes PEM files and keys that a hand put in order, and leaves those where they are', () => {
    const pem = (key = generateSigningKey('ES256')): string =>
      key.export({ type: 'pkcs8', format: 'pem' }) as string;
    const [one, two] = [generateSigningKey('ES256'), generateSigningKey('ES256')];
    const rotation = rotateSigningKeys(pem(one) + pem(two), order('sign'));
    const ids = (JSON.parse(rotation.keys) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    expect(ids).toEqual([rotation.signing, signingKeyOf(one).kid, signingKeyOf(two).kid]);
    expect(privateIds(rotation.keys)).toEqual([rotation.signing, signingKeyOf(two).kid]);
  });

  it('refuses what holds no private key, without repeating it', () => {
    const text = JSON.stringify(parseSigningKeys(generateKeySet('ES256').keys).jwks);
    expect(() => rotateSigningKeys(text, order('sign'))).toThrow('there is no private key to sign with');
    expect(() => rotateSigningKeys('hunter2', order('sign'))).toThrow(/^(?!.*hunter2)/);
  });
});
