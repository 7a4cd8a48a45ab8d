import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_SIGNING_KEYS } from '../src/testing/test-keys.js';
import {
  type Account,
  freshEmail,
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  signUp,
  signUpAndLogIn,
  type Tokens,
} from './support/accounts.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { expectProblem } from './support/problems.js';

const JWK = JSON.parse(TEST_SIGNING_KEYS) as JsonWebKey & { kid: string; x: string };
const KEY = createPrivateKey({ key: JWK, format: 'jwk' });
const PUBLIC = createPublicKey(KEY);
const HOUR = 3_600;

type Claims = Record<string, unknown>;

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function es256(header: unknown, claims: unknown, key: KeyObject = KEY): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

function hs256(header: unknown, claims: unknown, secret: string | Buffer): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

function decode(token: string): { header: Claims; claims: Claims } {
  const [header = '', claims = ''] = token.split('.');
  const read = (part: string): Claims =>
    JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Claims;
  return { header: read(header), claims: read(claims) };
}

function without(claims: Claims, name: string): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
}

describeMatrix(
  'Forged tokens',
  MATRIX.filter(({ mode }) => mode === 'stateless'),
  (current) => {
    let account: Account & Tokens;
    let header: Claims;
    let claims: Claims;
    let canary: Server;
    let canaryUrl = '';
    let hits = 0;

    beforeAll(async () => {
      account = await signUpAndLogIn(current());
      ({ header, claims } = decode(account.access));
      canary = createServer((_request, response) => {
        hits += 1;
        response.end('{"keys":[]}');
      });
      await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
      const address = canary.address();
      canaryUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/jwks.json`;
    });

    afterAll(async () => {
      await new Promise((resolve) => canary.close(resolve));
    });

    const expectRefused = async (token: string): Promise<void> => {
      expectProblem(await current().api.get('/me', { token }), 401);
    };

    it('issues tokens as RFC 9068 says, and takes one that is made of the same parts', async () => {
      expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: JWK.kid });
      expect(claims).toMatchObject({
        iss: current().env.APP_URL,
        sub: account.id,
        sid: account.sessionId,
        token_version: expect.any(Number),
        jti: expect.any(String),
      });
      expect(Number(claims['exp']) - Number(claims['iat'])).toBe(900);
      // Without this, a mistake in the forging below would pass for a refusal.
      expect(await meStatus(current(), es256(header, claims))).toBe(200);
    });

    it.each(['none', 'None', 'NONE', 'nOnE', '', 'HS256', 'RS256', 'ES384', 'EdDSA'])(
      'refuses alg %j with an empty, a missing and the old signature',
      async (alg) => {
        const input = `${encode({ ...header, alg })}.${encode(claims)}`;
        await expectRefused(`${input}.`);
        await expectRefused(input);
        await expectRefused(`${input}.${account.access.split('.')[2] ?? ''}`);
      },
    );

    it('refuses HS256 under anything public', async () => {
      const forms = [
        PUBLIC.export({ type: 'spki', format: 'pem' }),
        PUBLIC.export({ type: 'spki', format: 'der' }),
        JSON.stringify(PUBLIC.export({ format: 'jwk' })),
        JWK.x,
        Buffer.from(JWK.x, 'base64url'),
        JWK.kid,
        '',
      ];
      for (const secret of forms) await expectRefused(hs256({ ...header, alg: 'HS256' }, claims, secret));
    });

    it.each(
      [
        '../../dev/null',
        "' OR 1=1--",
        'x\u0000',
        'k'.repeat(5_000),
        ['castellan-testing'],
        1,
        null,
        '__proto__',
        'constructor',
        undefined,
      ].map((kid, at) => [at, kid] as const),
    )('refuses an unknown or wrong kid (%i)', async (_at, kid) => {
      await expectRefused(es256({ ...header, kid }, claims));
    });

    it('refuses a key that the token brings along, and asks nobody about it', async () => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const jwk = own.publicKey.export({ format: 'jwk' });
      for (const extra of [
        { jku: canaryUrl },
        { x5u: canaryUrl },
        { jwk },
        { x5c: ['MIIB'] },
        { jku: canaryUrl, jwk, kid: 'own' },
      ]) {
        await expectRefused(es256({ ...header, ...extra }, claims, own.privateKey));
      }
      await expectRefused(
        es256(header, { ...claims, iss: canaryUrl.replace('/jwks.json', '') }, own.privateKey),
      );
      expect(hits).toBe(0);
      expect((await fetch(canaryUrl)).status).toBe(200);
      expect(hits).toBe(1);
    });

    const now = (): number => Math.floor(Date.now() / 1000);
    const WRONG: readonly (readonly [string, () => Claims])[] = [
      ['another issuer', () => ({ ...claims, iss: 'https://evil.example' })],
      ['the issuer and a slash', () => ({ ...claims, iss: `${String(claims['iss'])}/` })],
      ['no issuer', () => without(claims, 'iss')],
      ['another audience', () => ({ ...claims, aud: ['https://evil.example'] })],
      ['no audience', () => without(claims, 'aud')],
      ['a past exp', () => ({ ...claims, iat: now() - HOUR, exp: now() - 120 })],
      ['no exp', () => without(claims, 'exp')],
      ['exp as text', () => ({ ...claims, exp: String(now() + HOUR) })],
      ['exp as a fraction beyond numbers', () => ({ ...claims, exp: 1e400 })],
      ['a future nbf', () => ({ ...claims, nbf: now() + HOUR })],
      ['iat in 2099', () => ({ ...claims, iat: 4_070_908_800, exp: 4_070_912_400 })],
      ['no jti', () => without(claims, 'jti')],
      ['no sub', () => without(claims, 'sub')],
      ['no sid', () => without(claims, 'sid')],
      ['sub as a number', () => ({ ...claims, sub: 1 })],
      ['no token_version', () => without(claims, 'token_version')],
    ];

    it.each(WRONG)('refuses %s', async (_name, forged) => {
      await expectRefused(es256(header, forged()));
    });

    it.each(['JWT', 'rt+jwt', 'jwt', undefined, '', 'application/json'])('refuses typ %j', async (typ) => {
      await expectRefused(es256({ ...header, typ }, claims));
    });

    it('refuses crit, b64 and keys that stand twice', async () => {
      await expectRefused(es256({ ...header, crit: ['x'], x: 1 }, claims));
      await expectRefused(es256({ ...header, crit: ['b64'], b64: false }, claims));
      await expectRefused(es256(`${JSON.stringify(header).slice(0, -1)},"alg":"ES256"}`, claims));
      await expectRefused(
        es256(header, `${JSON.stringify(claims).slice(0, -1)},"sub":"01890a5d-ac96-774b-bcce-b302099a8057"}`),
      );
    });

    it.each([
      'a.b.c',
      '..',
      '...',
      'a.b.c.d.e',
      `${encode({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 1e9, p2s: 'AAAA' })}.a.b.c.d`,
      'e30.e30.',
      'null.null.null',
    ])('refuses what is no token: %s', async (token) => {
      await expectRefused(token);
    });

    it('refuses padding, spaces and other alphabets in a good token', async () => {
      const [first, second, third] = account.access.split('.');
      await expectRefused(`${first}=.${second}.${third}`);
      await expectRefused(`${first}.${second}.${third}=`);
      await expectRefused(`${first}.${second}.${third}.`);
    });

    it('refuses a token of another kind', async () => {
      const app = current();
      await expectRefused(account.refresh);
      expect(
        (await refresh(app, es256({ ...header, typ: 'rt+jwt' }, { ...claims, exp: now() + HOUR }))).status,
      ).toBe(401);
      expect((await refresh(app, account.access)).status).toBe(401);
      const email = freshEmail();
      await app.api.post('/signup', { email, password: PASSWORD });
      await app.drainOutbox();
      await expectRefused(app.mailbox.lastToken(email));
    });

    it('refuses the token of a deleted account, and one of a user who never was', async () => {
      const app = current();
      const gone = await signUp(app);
      const { access } = await logIn(app, gone);
      expect((await app.api.delete('/me', { password: PASSWORD }, { token: access })).status).toBe(204);
      await expectRefused(access);
      await expectRefused(es256(header, { ...decode(access).claims, jti: 'another' }));
    });

    it('tells nothing of a refusal apart', async () => {
      const app = current();
      const tokens = [
        es256(header, { ...claims, iss: 'https://evil.example' }),
        es256({ ...header, kid: 'x' }, claims),
        'garbage',
        account.refresh,
      ];
      const answers = await Promise.all(tokens.map((token) => app.api.get('/me', { token })));
      const bodies = answers.map(({ body }) => JSON.stringify({ ...body, instance: '' }));
      expect(new Set(bodies).size).toBe(1);
      expect(await meStatus(app, account.access)).toBe(200);
    });
  },
);

describe('The vectors that the tests rest on', () => {
  it('makes the thumbprint of RFC 7638', async () => {
    const { jwkThumbprint } = await import('../src/modules/core/keys/key-parsing.js');
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    expect(jwkThumbprint({ kty: 'RSA', n, e: 'AQAB' })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });
});
