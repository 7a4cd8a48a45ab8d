import { describe, expect, it } from '@jest/globals';
import { HOTP, Secret, TOTP } from 'otpauth';
import { newTotpSecret, totpCode, totpStep, totpUrl } from './totp.js';

/** `12345678901234567890`, the secret of the RFCs. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('HOTP', () => {
  it('gives the values of RFC 4226, appendix D', () => {
    const expected = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
    const codes = expected.map((_, counter) =>
      HOTP.generate({ secret: Secret.fromBase32(RFC_SECRET), counter }),
    );
    expect(codes).toEqual(expected);
    // A code of TOTP is HOTP of the step.
    expect(expected.map((_, counter) => totpCode(RFC_SECRET, at(counter * 30)))).toEqual(expected);
  });
});

describe('TOTP', () => {
  const TIMES = [59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000];

  it.each([
    ['SHA1', 20, '94287082 07081804 14050471 89005924 69279037 65353130'],
    ['SHA256', 32, '46119246 68084774 67062674 91819424 90698825 77737706'],
    ['SHA512', 64, '90693936 25091201 99943326 93441116 38618901 47863826'],
  ])('gives the values of RFC 6238, appendix B (%s)', (algorithm, length, expected) => {
    const text = '1234567890'.repeat(7).slice(0, length);
    const secret = Secret.fromUTF8(text);
    const codes = TIMES.map((seconds) =>
      TOTP.generate({ secret, algorithm, digits: 8, period: 30, timestamp: seconds * 1000 }),
    );
    expect(codes.join(' ')).toBe(expected);
  });

  it('gives their last six digits', () => {
    const codes = TIMES.map((seconds) => totpCode(RFC_SECRET, at(seconds)));
    expect(codes).toEqual(['287082', '081804', '050471', '005924', '279037', '353130']);
  });

  it('takes the codes of three steps, and names the step', () => {
    const now = at(1111111111);
    const step = Math.floor(1111111111 / 30);
    const steps = [-2, -1, 0, 1, 2].map((delta) =>
      totpStep(RFC_SECRET, totpCode(RFC_SECRET, at((step + delta) * 30)), now),
    );
    expect(steps).toEqual([null, step - 1, step, step + 1, null]);
  });

  it('takes nothing that is not six digits', () => {
    for (const code of ['', '28708', '2870822', '28708a', ' 287082', '28708２', 'ffffff'])
      expect(totpStep(RFC_SECRET, code, at(59))).toBeNull();
  });

  it('makes secrets of 160 bits, and a URL that apps read', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(secret);
    const url = new URL(totpUrl(secret, 'Ada & Söhne: Bank', 'ada@example.com'));
    expect(url.protocol + url.host).toBe('otpauth:totp');
    expect(decodeURIComponent(url.pathname)).toBe('/Ada & Söhne: Bank:ada@example.com');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ issuer: 'Ada & Söhne: Bank', secret, algorithm: 'SHA1', digits: '6', period: '30' },
    });
  });
});
