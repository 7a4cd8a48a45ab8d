import { describe, expect, it } from '@jest/globals';
import bcrypt from 'bcrypt';
import { DefaultPasswordHasher } from './default-password-hasher.js';
import { Argon2Format } from './hash-formats/argon2.format.js';
import { BcryptSha256Format } from './hash-formats/bcrypt-sha256.format.js';
import { PasswordErrors } from './password.errors.js';

const hasher = new DefaultPasswordHasher({ bcryptCost: 4 });
const argon2id = new DefaultPasswordHasher({ algorithm: 'argon2id' });
const SALT = 'c2FsdHNhbHQ';
const DIGEST = 'A'.repeat(43);

describe('DefaultPasswordHasher', () => {
  it('writes bcrypt-sha256 with cost 10 unless told otherwise, or OWASP argon2id', async () => {
    expect(await new DefaultPasswordHasher().hash('x')).toMatch(/^\$bcrypt-sha256\$v=2,t=2b,r=10\$/);
    expect(await argon2id.hash('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it.each([
    ['bcrypt', hasher],
    ['argon2id', argon2id],
  ])('%s: salts are unique; the password matches, exactly and alone', async (_, subject) => {
    const [stored, other] = await Promise.all([
      subject.hash(' Secret phrase '),
      subject.hash(' Secret phrase '),
    ]);
    expect(stored).not.toBe(other);
    expect(await subject.verify(' Secret phrase ', stored)).toBe(true);
    expect(await subject.verify('Secret phrase', stored)).toBe(false);
    expect(await subject.verify(' secret phrase ', stored)).toBe(false);
    expect(await subject.verify('', stored)).toBe(false);
  });

  it.each(['a'.repeat(72), '密'.repeat(24)])('byte 73 counts after %s', async (start) => {
    expect(Buffer.byteLength(start)).toBe(72);
    const stored = await hasher.hash(`${start}X`);
    expect(await hasher.verify(`${start}X`, stored)).toBe(true);
    expect(await hasher.verify(`${start}Y`, stored)).toBe(false);
    expect(await hasher.verify(start, stored)).toBe(false);
  });

  it.each(['密', '🔑'])('takes 128 of %s whole', async (character) => {
    const stored = await hasher.hash(character.repeat(128));
    expect(await hasher.verify(character.repeat(128), stored)).toBe(true);
    expect(await hasher.verify(character.repeat(127), stored)).toBe(false);
  });

  it('takes the composed and the decomposed spelling for one', async () => {
    const stored = await hasher.hash('caf\u00e9 cr\u00e8me');
    expect(await hasher.verify('cafe\u0301 cre\u0300me', stored)).toBe(true);
    expect(await hasher.verify('cafe creme', stored)).toBe(false);
  });

  it('counts what follows NUL', async () => {
    const stored = await hasher.hash('secret\0one');
    expect(await hasher.verify('secret\0two', stored)).toBe(false);
  });

  it('refuses lone surrogates, which UTF-8 would make one password', async () => {
    await expect(hasher.hash('secret \ud800')).rejects.toMatchObject({
      code: 'core.password_invalid',
      status: 400,
    });
    const stored = await hasher.hash('secret \ufffd');
    expect(await hasher.verify('secret \ud800', stored)).toBe(false);
  });

  it('is not held up by combining marks', async () => {
    const stored = await hasher.hash('x');
    const start = performance.now();
    expect(await hasher.verify('a' + '\u0315\u0300\u0327'.repeat(30_000), stored)).toBe(false);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('refuses absurd costs at once', async () => {
    const absurd = [
      `$argon2id$v=19$m=8388608,t=2,p=1$${SALT}$${DIGEST}`,
      `$2b$20$${'a'.repeat(53)}`,
      `$pbkdf2-sha256$i=1000000000$${SALT}$${DIGEST}`,
      `$bcrypt-sha256$v=2,t=2b,r=31$${'.'.repeat(22)}$${'.'.repeat(31)}`,
      `$scrypt$ln=30,r=8,p=1$${SALT}$${DIGEST}`,
      '$'.repeat(1_000_000),
      '',
    ];
    const start = performance.now();
    for (const stored of absurd) {
      expect(hasher.isSupported(stored)).toBe(false);
      expect(await hasher.verify('password', stored)).toBe(false);
    }
    expect(performance.now() - start).toBeLessThan(100);
  });

  it('renews what is foreign or weaker, and keeps what is stronger', async () => {
    const costlier = new DefaultPasswordHasher({ bcryptCost: 5 });
    const [weak, strong, argon, plain] = await Promise.all([
      hasher.hash('x'),
      costlier.hash('x'),
      argon2id.hash('x'),
      bcrypt.hash('x', 10),
    ]);
    expect([weak, strong, argon, plain].map((stored) => hasher.needsRehash(stored))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(costlier.needsRehash(weak)).toBe(true);
    expect([weak, argon].map((stored) => argon2id.needsRehash(stored))).toEqual([true, false]);
    expect(argon2id.needsRehash(argon.replace('m=19456', 'm=9216'))).toBe(true);
    expect(argon2id.needsRehash(argon.replace('m=19456', 'm=65536'))).toBe(false);
    expect(argon2id.needsRehash(argon.replace('$argon2id', '$argon2i'))).toBe(true);
  });

  it.each([
    ['bcrypt', new BcryptSha256Format(6), new DefaultPasswordHasher({ bcryptCost: 6 })],
    ['argon2id', new Argon2Format(), argon2id],
  ])('%s: the dummy never matches, and costs what a real check does', async (_, format, subject) => {
    // The cost of a check is in the stored hash: the dummy has that of a new one.
    expect(subject.needsRehash(format.dummy)).toBe(false);
    expect(await subject.verifyDummy('y')).toBe(false);
    expect(await subject.verifyDummy('')).toBe(false);
  });

  it('keeps a reserved place for checks and a renewed hash, and answers 503 to the next', async () => {
    const small = new DefaultPasswordHasher({ bcryptCost: 4, concurrency: 1, maxQueue: 0 });
    const place = small.reserve();
    await expect(small.verifyDummy('x')).rejects.toMatchObject({
      code: PasswordErrors.hashing_busy.code,
      status: 503,
    });
    expect([small.running, small.queued]).toEqual([0, 1]);
    const stored = await place.hash('x');
    expect(await place.verify('x', stored)).toBe(true);
    expect(await place.verifyDummy('x')).toBe(false);
    place.release();
    expect(await small.verify('x', stored)).toBe(true);
    expect([small.running, small.queued]).toEqual([0, 0]);
  });

  it.each([
    { bcryptCost: 3 },
    { bcryptCost: 16 },
    { concurrency: 0 },
    { maxQueue: -1 },
    { bcryptCost: Number.NaN },
  ])('refuses %p', (options) => {
    expect(() => new DefaultPasswordHasher(options)).toThrow(RangeError);
  });
});
