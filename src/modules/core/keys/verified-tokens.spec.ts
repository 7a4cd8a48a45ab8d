import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../shared/time/fake-clock.js';
import { generateSigningKey } from './generated-keys.js';
import { JwtSigner, JwtVerifier } from './jwt.js';
import { signingKeyOf } from './key-parsing.js';
import { SigningKeys } from './signing-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const seconds = NOW.getTime() / 1000;
const claims = {
  iss: 'https://app.test',
  sub: 'u1',
  jti: 'j1',
  iat: seconds,
  exp: seconds + 900,
  roles: ['a'],
};
const expected = { typ: 'at+jwt', issuer: 'https://app.test' };

function setUp() {
  const key = signingKeyOf(generateSigningKey('ES256'));
  const clock = new FakeClock(NOW);
  const mounted = { find: () => key };
  return {
    key,
    clock,
    mounted,
    verifier: new JwtVerifier(mounted, clock, { remember: 2 }),
    token: new JwtSigner(new SigningKeys([key]).current).sign(claims, { typ: 'at+jwt' }),
  };
}

describe(VerifiedTokens.name, () => {
  it('spares the signature, and nothing else', () => {
    const { verifier, token, clock } = setUp();
    expect(verifier.verify(token, expected)).toEqual(claims);
    expect(verifier.verify(token, expected)).toEqual(claims);
    expect(() => verifier.verify(token, { ...expected, issuer: 'https://other.test' })).toThrow();
    expect(() => verifier.verify(token, { ...expected, typ: 'rt+jwt' })).toThrow();
    expect(() => verifier.verify(token, { ...expected, audiences: ['https://app.test'] })).toThrow();
    clock.advance(906_000);
    expect(() => verifier.verify(token, expected)).toThrow();
  });

  it('knows a text to the last character', () => {
    const { verifier, token } = setUp();
    verifier.verify(token, expected);
    const flipped = token.at(-5) === 'A' ? 'B' : 'A';
    expect(() => verifier.verify(token.slice(0, -5) + flipped + token.slice(-4), expected)).toThrow();
  });

  it('does not outlive its key', () => {
    const { verifier, mounted, token } = setUp();
    verifier.verify(token, expected);
    const other = signingKeyOf(generateSigningKey('ES256'));
    mounted.find = () => ({ ...other, kid: 'the same' });
    expect(() => verifier.verify(token, expected)).toThrow();
  });

  it('hands out claims that nobody can change for the others', () => {
    const { verifier, token } = setUp();
    const { roles } = verifier.verify(token, expected) as unknown as { roles: string[] };
    expect(() => roles.push('admin')).toThrow(TypeError);
    expect(verifier.verify(token, expected)).toEqual(claims);
  });

  it('is bounded: what was used longest ago makes room', () => {
    const { key } = setUp();
    const tokens = new VerifiedTokens(2);
    const jwt = { header: {}, claims: {} };
    for (const token of ['a', 'b']) tokens.add(token, key.verificationKey, jwt);
    expect(tokens.get('a')).toEqual({ jwt, key: key.verificationKey });
    tokens.add('c', key.verificationKey, jwt);
    expect(['a', 'b', 'c'].filter((token) => tokens.get(token))).toEqual(['a', 'c']);
  });
});
