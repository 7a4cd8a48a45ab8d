import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import bcrypt from 'bcrypt';
import { Argon2Format } from './argon2.format.js';
import { BcryptFormat } from './bcrypt.format.js';
import { BcryptSha256Format } from './bcrypt-sha256.format.js';
import type { HashFormat } from './hash-format.js';
import { Pbkdf2Format } from './pbkdf2.format.js';
import { ScryptFormat } from './scrypt.format.js';

const bcryptSha256 = new BcryptSha256Format(4);
const argon2 = new Argon2Format();
const plain = new BcryptFormat();
const scrypt = new ScryptFormat();
const pbkdf2 = new Pbkdf2Format();

const SALT = 'c2FsdHNhbHQ';
const DIGEST = 'A'.repeat(43);

describe('published vectors', () => {
  const vectors: [HashFormat, string, string][] = [
    // passlib's own tests, and hashcat's example of mode 30601
    [bcryptSha256, '', '$bcrypt-sha256$v=2,t=2b,r=5$E/e/2AOhqM5W/KJTFQzLce$WFPIZKtDDTriqWwlmRFfHiOTeheAZWe'],
    [
      bcryptSha256,
      'password',
      '$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS',
    ],
    [
      bcryptSha256,
      'hashcat',
      '$bcrypt-sha256$v=2,t=2b,r=12$KSOjON/ciJR86a00N5q61.$AmWZucQuHk13FGkQWhgMeiFvBfm2GCy',
    ],
    // John the Ripper's
    [plain, 'U*U*U*U*', '$2a$05$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O'],
    [plain, 'U*U*U*U*', '$2b$05$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O'],
    [plain, 'U*U*U*U*', '$2y$05$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O'],
    // the reference implementation's
    [
      argon2,
      'password',
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ],
    [argon2, 'password', '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ'],
    // RFC 7914 section 12
    [
      scrypt,
      'pleaseletmein',
      '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw',
    ],
    // passlib's
    [
      pbkdf2,
      'password',
      '$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ',
    ],
    [
      pbkdf2,
      'password',
      '$pbkdf2-sha256$i=1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg+fJPeq1h/gXXY7acBp9/6c+tmQ',
    ],
    [
      pbkdf2,
      'password',
      '$pbkdf2-sha512$1212$RHY0Fr3IDMSVO/RSZyb5ow$eNLfBK.eVozomMr.1gYa17k9B7KIK25NOEshvhrSX.esqY3s.FvWZViXz4KoLlQI.BzY/YTNJOiKc5gBYFYGww',
    ],
  ];

  it.each(vectors)('%# %p %s', async (format, password, stored) => {
    expect(await format.read(stored)?.matches(password)).toBe(true);
    expect(await format.read(stored)?.matches(`${password}x`)).toBe(false);
  });
});

describe('bcrypt-sha256', () => {
  it('is bcrypt over the base64 of an HMAC keyed with the salt', async () => {
    const stored = await bcryptSha256.hash('pässword');
    const [, , , salt = '', digest = ''] = stored.split('$');
    expect(stored).toMatch(/^\$bcrypt-sha256\$v=2,t=2b,r=4\$/);
    const key = createHmac('sha256', Buffer.from(salt)).update(Buffer.from('pässword')).digest('base64');
    expect(await bcrypt.compare(key, `$2b$04$${salt}${digest}`)).toBe(true);
  });
});

describe('plain bcrypt', () => {
  it('never matches a password with NUL', async () => {
    const stored = await bcrypt.hash('secret', 4);
    expect(await plain.read(stored)?.matches('secret\0')).toBe(false);
    expect(await plain.read(await bcrypt.hash('secret x', 4))?.matches('secret\0x')).toBe(false);
  });
});

describe('refuses unread', () => {
  const refused: [string, HashFormat, string][] = [
    ['bcrypt cost 20', plain, `$2b$20$${'a'.repeat(53)}`],
    ['bcrypt cost 16', plain, `$2b$16$${'a'.repeat(53)}`],
    ['bcrypt cost 3', plain, `$2b$03$${'a'.repeat(53)}`],
    ['another bcrypt', plain, `$2x$10$${'a'.repeat(53)}`],
    ['a line feed at the end', plain, `$2b$10$${'a'.repeat(53)}\n`],
    ['a cut hash', plain, `$2b$10$${'a'.repeat(52)}`],
    [
      'bcrypt-sha256 cost 16',
      bcryptSha256,
      `$bcrypt-sha256$v=2,t=2b,r=16$${'.'.repeat(22)}$${'.'.repeat(31)}`,
    ],
    ['bcrypt-sha256 version 1', bcryptSha256, `$bcrypt-sha256$2b,10$${'.'.repeat(22)}$${'.'.repeat(31)}`],
    ['argon2 memory of 8 GiB', argon2, `$argon2id$v=19$m=8388608,t=2,p=1$${SALT}$${DIGEST}`],
    ['argon2 memory above 256 MiB', argon2, `$argon2id$v=19$m=262145,t=1,p=1$${SALT}$${DIGEST}`],
    ['argon2 passes', argon2, `$argon2id$v=19$m=8192,t=21,p=1$${SALT}$${DIGEST}`],
    ['argon2 work', argon2, `$argon2id$v=19$m=262144,t=9,p=1$${SALT}$${DIGEST}`],
    ['argon2 lanes', argon2, `$argon2id$v=19$m=8192,t=2,p=17$${SALT}$${DIGEST}`],
    ['argon2 with less than 8 KiB a lane', argon2, `$argon2id$v=19$m=15,t=2,p=2$${SALT}$${DIGEST}`],
    ['argon2 with a short salt', argon2, `$argon2id$v=19$m=8192,t=2,p=1$c2FsdA$${DIGEST}`],
    [
      'argon2 with base64 that is not canonical',
      argon2,
      `$argon2id$v=19$m=8192,t=2,p=1$${SALT}$${'A'.repeat(42)}B`,
    ],
    ['scrypt memory', scrypt, `$scrypt$ln=19,r=8,p=1$${SALT}$${DIGEST}`],
    ['scrypt work', scrypt, `$scrypt$ln=18,r=8,p=5$${SALT}$${DIGEST}`],
    ['scrypt N beyond r', scrypt, `$scrypt$ln=16,r=1,p=1$${SALT}$${DIGEST}`],
    ['pbkdf2 iterations', pbkdf2, `$pbkdf2-sha256$i=1000000000$${SALT}$${DIGEST}`],
    ['pbkdf2 iterations, as passlib', pbkdf2, `$pbkdf2-sha256$5000001$${SALT}$${DIGEST}`],
    ['pbkdf2 with SHA-1', pbkdf2, `$pbkdf2-sha1$i=1000$${SALT}$${DIGEST}`],
  ];

  it.each(refused)('%s', (_, format, stored) => {
    expect(format.read(stored)).toBeNull();
  });

  it('but not what lies at the bounds', () => {
    expect(plain.read(`$2b$15$${'a'.repeat(53)}`)).not.toBeNull();
    expect(argon2.read(`$argon2id$v=19$m=262144,t=3,p=16$${SALT}$${DIGEST}`)).not.toBeNull();
    expect(scrypt.read(`$scrypt$ln=18,r=8,p=1$${SALT}$${DIGEST}`)).not.toBeNull();
    expect(pbkdf2.read(`$pbkdf2-sha512$i=5000000,l=32$${SALT}$${DIGEST}`)).not.toBeNull();
  });
});
