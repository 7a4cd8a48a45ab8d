import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DecryptionError } from './aes-gcm.js';
import { KeyRing } from './key-ring.js';
import { constantTimeEqual, randomCode, randomToken, sha256 } from './random.js';
import { sealAnswer, unsealAnswer } from './sealed-answer.js';
import { EXAMPLE_SECRETS } from './secret-text.js';

const secret = () => randomBytes(32).toString('base64');
const old = `old:${secret()}`;
const ring = KeyRing.parse(`new:${secret()},${old}`);
const oldRing = KeyRing.parse(old);

/** Flips one bit of a base64url text's bytes. */
function flipBit(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64url');
  const at = bit % (bytes.length * 8);
  bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
  return bytes.toString('base64url');
}

describe('KeyRing', () => {
  it('decrypts what it encrypted, and never writes the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (plaintext, context) => {
        const sealed = ring.encrypt('test', plaintext, context);
        expect(sealed).toMatch(/^v1\.new\.[A-Za-z0-9_-]+$/);
        expect(ring.encrypt('test', plaintext, context)).not.toBe(sealed);
        expect(ring.decrypt('test', sealed, context).toString()).toBe(plaintext);
      }),
      { numRuns: 50 },
    );
    expect(ring.decrypt('test', ring.encrypt('test', randomBytes(0), ''), '')).toHaveLength(0);
  });

  it('reads under the old secret and writes under the new', () => {
    expect(ring.encrypt('test', 'x', 'row').startsWith(ring.currentPrefix)).toBe(true);
    expect(oldRing.encrypt('test', 'x', 'row').startsWith(ring.currentPrefix)).toBe(false);
    expect(ring.decrypt('test', oldRing.encrypt('test', 'x', 'row'), 'row').toString()).toBe('x');
    expect(() => oldRing.decrypt('test', ring.encrypt('test', 'x', 'row'), 'row')).toThrow(DecryptionError);
    expect(ring.hmacCandidates('test', 'v')).toEqual([ring.hmac('test', 'v'), oldRing.hmac('test', 'v')]);
    expect(ring.hmac('test', 'v')).toMatch(/^new\.[A-Za-z0-9_-]{43}$/);
    expect(ring.signingKey('jwt').id).toBe('new');
    const keys = ring.verificationKeys('jwt');
    expect([...keys.keys()]).toEqual(['new', 'old']);
    expect(keys.get('old')?.equals(oldRing.signingKey('jwt').key)).toBe(true);
  });

  it('separates purposes, contexts and uses', () => {
    const sealed = ring.encrypt('ab', 'x', 'c');
    for (const [purpose, context] of [
      ['ab', 'd'],
      ['a', 'bc'],
      ['b', 'c'],
      ['ab', ''],
    ] as const) {
      expect(() => ring.decrypt(purpose, sealed, context)).toThrow(DecryptionError);
    }
    expect(ring.hmac('a', 'v')).not.toBe(ring.hmac('b', 'v'));
    expect(ring.signingKey('a').key.equals(ring.signingKey('b').key)).toBe(false);
  });

  it('notices every flipped bit', () => {
    const [version, id, payload = ''] = ring.encrypt('test', 'plaintext', 'row').split('.');
    fc.assert(
      fc.property(fc.nat(), (bit) => {
        expect(() => ring.decrypt('test', `${version}.${id}.${flipBit(payload, bit)}`, 'row')).toThrow(
          DecryptionError,
        );
      }),
    );
    for (const sealed of [
      `v1.old.${payload}`,
      `v2.new.${payload}`,
      `v1.new.${payload}=`,
      `v1.new.${payload}.x`,
      'v1.new.',
      'v1.new',
      '',
    ]) {
      expect(() => ring.decrypt('test', sealed, 'row')).toThrow(DecryptionError);
    }
  });

  it('names the problem of a secret and not its value', () => {
    const value = randomBytes(31).toString('base64');
    for (const text of [`a:${value}`, value, `${value}:${value}`, `a:${value}!`]) {
      expect(() => KeyRing.parse(text)).toThrow(Error);
      expect(() => KeyRing.parse(text)).not.toThrow(value);
    }
    expect(() => KeyRing.parse(`a:${value}`)).toThrow('secret "a" has 31 bytes; at least 32 are needed');
    expect(() => KeyRing.parse(`a:${secret()},a:${secret()}`)).toThrow('two secrets have the id "a"');
    expect(() => KeyRing.parse(' ')).toThrow('no secret is given');
    expect(() => KeyRing.parse(`a:${secret()},`)).toThrow('secret 2 has no id');
  });

  it('refuses examples and patterns', () => {
    const texts = EXAMPLE_SECRETS.map((text) => text.repeat(Math.ceil(32 / text.length)));
    const bytes = [
      ...texts.map((text) => Buffer.from(text)),
      Buffer.alloc(32),
      Buffer.alloc(64, 0xff),
      Buffer.from([...Array(48).keys()]),
    ];
    for (const example of bytes)
      expect(() => KeyRing.parse(`a:${example.toString('base64')}`)).toThrow('known example');
    expect(() => KeyRing.parse(`a:${'changeme'.repeat(8)}`)).toThrow('known example');
  });

  it('prints no secret', () => {
    expect(JSON.stringify(ring)).toBe('{"keyIds":["new","old"]}');
  });
});

describe('random', () => {
  it('makes tokens and codes of the size asked for', () => {
    expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(randomToken(16)).toHaveLength(22);
    for (let i = 0; i < 200; i++) expect(randomCode(4)).toMatch(/^\d{4}$/);
    expect(randomCode()).toHaveLength(6);
    expect(() => randomToken(8)).toThrow(RangeError);
    expect(() => randomCode(3)).toThrow(RangeError);
  });

  it('hashes and compares', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect([constantTimeEqual('a', 'a'), constantTimeEqual('a', 'ab'), constantTimeEqual('', '')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('sealed answer', () => {
  const answer = { access_token: 'a', expires_in: 900, nested: [null, 'ü'] };

  it('opens with the token and the row alone', () => {
    const [token, row] = [randomToken(), '019b76da-a800-7000-8000-000000000001'];
    const sealed = sealAnswer(answer, token, row);
    expect(unsealAnswer(sealed, token, row)).toEqual(answer);
    expect(sealAnswer(answer, token, row)).not.toBe(sealed);
    for (const attempt of [
      () => unsealAnswer(sealed, randomToken(), row),
      () => unsealAnswer(sealed, token, `${row.slice(0, -1)}2`),
      () => unsealAnswer(flipBit(sealed, 200), token, row),
      () => unsealAnswer('', token, row),
    ]) {
      expect(attempt).toThrow(DecryptionError);
    }
    expect(() => sealAnswer(undefined, token, row)).toThrow(TypeError);
  });
});
