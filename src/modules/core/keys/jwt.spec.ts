import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { FakeClock } from '../../../shared/time/fake-clock.js';
import { hasValidSignature, signCompact } from './compact-jws.js';
import { generateSigningKey } from './generated-keys.js';
import { JwtSigner, JwtVerifier } from './jwt.js';
import { jwkThumbprint, parsePublicKeys, parseSigningKeys, signingKeyOf } from './key-parsing.js';
import { type SigningAlgorithm, SigningKeys } from './signing-keys.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const seconds = NOW.getTime() / 1000;
const claims = {
  iss: 'https://app.test',
  aud: ['https://app.test'],
  sub: 'u1',
  jti: 'j1',
  iat: seconds,
  exp: seconds + 900,
};
const expected = { typ: 'at+jwt', issuer: 'https://app.test', audiences: ['https://app.test'] };
const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function setUp(algorithm: SigningAlgorithm = 'ES256') {
  const key = signingKeyOf(generateSigningKey(algorithm));
  const keys = new SigningKeys([key]);
  return {
    key,
    keys,
    signer: new JwtSigner(keys.current),
    verifier: new JwtVerifier(keys, new FakeClock(NOW)),
  };
}

describe(JwtVerifier.name, () => {
  it.each(['RS256', 'ES256', 'EdDSA', 'HS256'] as const)(
    'verifies what was signed with %s, and nothing that was changed',
    (algorithm) => {
      const { signer, verifier } = setUp(algorithm);
      const token = signer.sign(claims, { typ: 'at+jwt' });
      expect(verifier.verify(token, expected)).toEqual(claims);
      const [head, , signature] = token.split('.');
      expect(() =>
        verifier.verify(`${head}.${encode({ ...claims, sub: 'u2' })}.${signature}`, expected),
      ).toThrow();
    },
  );

  it('refuses unsigned tokens, however they are spelt', () => {
    const { key, verifier } = setUp();
    for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
      const unsigned = `${encode({ alg, typ: 'at+jwt', kid: key.kid })}.${encode(claims)}`;
      for (const token of [unsigned, `${unsigned}.`, `${unsigned}.AAAA`])
        expect(() => verifier.verify(token, expected)).toThrow();
    }
  });

  it('refuses a public key used as HMAC secret, in every form', () => {
    const { key, verifier } = setUp('RS256');
    const forms = [
      key.verificationKey.export({ type: 'spki', format: 'pem' }),
      key.verificationKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(key.publicJwk),
      String(key.publicJwk?.n),
    ];
    for (const secret of forms) {
      const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${encode(claims)}`;
      const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
      expect(() => verifier.verify(token, expected)).toThrow();
    }
  });

  it('looks keys up by a plain kid alone', () => {
    const { key, keys, verifier } = setUp();
    const sign = (header: object): string =>
      signCompact(claims, header as { typ: string; kid: string }, key.algorithm, keys.current.privateKey);
    for (const kid of [
      '../../dev/null',
      "' OR 1=1--",
      'x\u0000',
      'k'.repeat(10_000),
      [key.kid],
      7,
      undefined,
    ]) {
      expect(() => verifier.verify(sign({ typ: 'at+jwt', kid }), expected)).toThrow();
    }
    const own = { jku: 'https://evil.test/jwks', x5u: 'https://evil.test', jwk: { kty: 'EC' }, x5c: ['AA'] };
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    expect(() =>
      verifier.verify(
        signCompact(claims, { typ: 'at+jwt', kid: key.kid, ...own }, 'ES256', stranger),
        expected,
      ),
    ).toThrow();
  });

  it('refuses claims of a wrong value or type', () => {
    // Ours for EdDSA: the library would refuse to sign some of these.
    const { signer, verifier } = setUp('EdDSA');
    const wrong: Record<string, unknown>[] = [
      { iss: 'https://other.test' },
      { aud: 'https://other.test' },
      { aud: undefined },
      { aud: ['https://app.test', 7] },
      { exp: seconds - 6 },
      { exp: String(seconds + 900) },
      { exp: undefined },
      { iat: seconds + 6 },
      { nbf: seconds + 6 },
      { sub: undefined },
      { jti: undefined },
    ];
    for (const change of wrong) {
      const token = signer.sign(
        JSON.parse(JSON.stringify({ ...claims, ...change })) as Record<string, unknown>,
        { typ: 'at+jwt' },
      );
      expect(() => verifier.verify(token, expected)).toThrow();
    }
  });

  it('refuses tokens of another type, critical headers, and names given twice', () => {
    const { key, keys, signer, verifier } = setUp();
    for (const typ of ['rt+jwt', 'JWT', ''])
      expect(() => verifier.verify(signer.sign(claims, { typ }), expected)).toThrow();
    const critical = { typ: 'at+jwt', kid: key.kid, crit: ['x'], x: 1 };
    expect(() =>
      verifier.verify(signCompact(claims, critical, key.algorithm, keys.current.privateKey), expected),
    ).toThrow();

    const hmac = setUp('HS256');
    const raw = (head: string, body: string): string => {
      const input = `${encode(head)}.${encode(body)}`;
      return `${input}.${createHmac('sha256', hmac.key.verificationKey).update(input).digest('base64url')}`;
    };
    const head = `{"alg":"HS256","typ":"at+jwt","kid":"${hmac.key.kid}"}`;
    const body = JSON.stringify(claims);
    expect(hmac.verifier.verify(raw(head, body), expected).sub).toBe('u1');
    expect(() => hmac.verifier.verify(raw(head, body.replace('{', '{"sub":"u2",')), expected)).toThrow();
    expect(() => hmac.verifier.verify(raw(head.replace('{', '{"alg":"none",'), body), expected)).toThrow();
  });

  it('never throws anything else', () => {
    const { verifier } = setUp();
    for (const text of [
      '',
      '.',
      '..',
      'a.b',
      'a.b.c',
      'a.b.c.d',
      'é.é.é',
      `${encode('[]')}.${encode('null')}.AA`,
      'x'.repeat(100_000),
    ]) {
      expect(() => verifier.verify(text, expected)).toThrow(AuthError);
    }
  });
});

describe(SigningKeys.name, () => {
  it('publishes no private member, and nothing of symmetric keys', () => {
    const keys = new SigningKeys(
      (['RS256', 'ES256', 'EdDSA', 'HS256'] as const).map((algorithm) =>
        signingKeyOf(generateSigningKey(algorithm)),
      ),
    );
    expect(keys.jwks.keys).toHaveLength(3);
    for (const jwk of keys.jwks.keys) expect(Object.keys(jwk)).not.toEqual(expect.arrayContaining(['d']));
    expect(JSON.stringify(keys.jwks)).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/);
  });

  it('verifies with retired keys after a rotation', () => {
    const old = signingKeyOf(generateSigningKey('RS256'));
    const next = signingKeyOf(generateSigningKey('ES256'));
    const token = new JwtSigner(old).sign(claims, { typ: 'at+jwt' });
    const rotated = new JwtVerifier(new SigningKeys([next, old]), new FakeClock(NOW));
    expect(rotated.verify(token, expected).sub).toBe('u1');
    const verifyOnly = parsePublicKeys(
      old.verificationKey.export({ type: 'spki', format: 'pem' }).toString(),
    );
    expect(
      new JwtVerifier(new SigningKeys([next, ...verifyOnly]), new FakeClock(NOW)).verify(token, expected).sub,
    ).toBe('u1');
    expect(() =>
      new JwtVerifier(new SigningKeys([next]), new FakeClock(NOW)).verify(token, expected),
    ).toThrow();
  });
});

describe(parseSigningKeys.name, () => {
  it('reads PEM, JWK, arrays and sets, and refuses what is weak', () => {
    const key = generateSigningKey('ES256');
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const jwk = key.export({ format: 'jwk' });
    const kid = parseSigningKeys(pem).current.kid;
    for (const text of [
      JSON.stringify(jwk),
      JSON.stringify([jwk]),
      JSON.stringify({ keys: [jwk] }),
      pem.replace(/\n/g, '\\n'),
    ]) {
      expect(parseSigningKeys(text).current.kid).toBe(kid);
    }
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    expect(() => parseSigningKeys(weak)).toThrow(/2048/);
    expect(() => parseSigningKeys(JSON.stringify({ kty: 'oct', k: 'c2hvcnQ' }))).toThrow(/256/);
    expect(() => parseSigningKeys('nonsense-secret')).toThrow(/^it is neither PEM nor JSON$/);
  });
});

describe('vectors', () => {
  it('RFC 7638 section 3.1', () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    expect(jwkThumbprint({ kty: 'RSA', n, e: 'AQAB' })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it('RFC 7515 appendix A.1', () => {
    const k = 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow';
    const token =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const { current } = parseSigningKeys(JSON.stringify({ kty: 'oct', k }));
    expect(hasValidSignature(token, 'HS256', current.verificationKey)).toBe(true);
  });
});
