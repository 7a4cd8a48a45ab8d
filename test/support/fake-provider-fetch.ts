import { generateKeyPairSync } from 'node:crypto';
import { JwtSigner, signingKeyOf, type SigningKey } from '../../src/modules/core/index.js';
import type { OutboundFetch } from '../../src/modules/oauth/index.js';
import { OutboundError } from '../../src/shared/outbound/outbound-request.js';

export interface FakeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: URLSearchParams;
}

type Answer = (request: FakeRequest) => unknown;

/** Stands in for the network: answers by URL, and counts what it is asked. What is not there cannot be reached. */
export class FakeProviderFetch {
  readonly requests: FakeRequest[] = [];
  private readonly answers = new Map<string, Answer>();

  /** An object is answered as JSON; a Response as it is. */
  on(url: string, answer: Answer): this {
    this.answers.set(url, answer);
    return this;
  }

  off(url: string): void {
    this.answers.delete(url);
  }

  countOf(url: string): number {
    return this.requests.filter((request) => request.url === url).length;
  }

  readonly fetch: OutboundFetch = async (url, { method = 'GET', headers = {}, body }) => {
    const request = {
      url,
      method,
      headers,
      body: new URLSearchParams(typeof body === 'string' ? body : String(body ?? '')),
    };
    this.requests.push(request);
    await Promise.resolve();
    const answer = this.answers.get(url);
    if (!answer) throw new OutboundError(`${url} could not be reached.`);
    const value = await answer(request);
    return value instanceof Response ? value : Response.json(value);
  };
}

/** An OpenID provider on a fake network. `claims` and `header` change what the next ID tokens say. */
export class FakeOidc {
  claims: Readonly<Record<string, unknown>> = {};
  userInfo: Readonly<Record<string, unknown>> = {};
  /** What the latest authorization request asked for; a test copies it from the URL. */
  nonce = '';
  key: SigningKey = newKey('k1');
  published: readonly SigningKey[] = [this.key];
  tokenAnswer: Readonly<Record<string, unknown>> = {};

  constructor(
    readonly network: FakeProviderFetch,
    readonly issuer: string,
    readonly clientId: string,
    private readonly now: () => Date,
    metadata: Readonly<Record<string, unknown>> = {},
  ) {
    network
      .on(`${issuer}/.well-known/openid-configuration`, () => ({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256', 'ES256'],
        ...metadata,
      }))
      .on(`${issuer}/jwks`, () => ({
        keys: this.published.map(({ publicJwk, kid }) => ({ ...publicJwk, kid })),
      }))
      .on(`${issuer}/token`, () => ({
        access_token: 'at-1',
        refresh_token: 'rt-1',
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'openid email',
        id_token: this.idToken(),
        ...this.tokenAnswer,
      }))
      .on(`${issuer}/userinfo`, () => ({ sub: 'sub-1', ...this.userInfo }));
  }

  rotateKey(kid: string): void {
    this.key = newKey(kid);
    this.published = [this.key];
  }

  idToken(): string {
    const iat = Math.floor(this.now().getTime() / 1000);
    const claims = {
      iss: this.issuer,
      sub: 'sub-1',
      aud: this.clientId,
      iat,
      exp: iat + 300,
      nonce: this.nonce,
      ...this.claims,
    };
    return new JwtSigner(this.key).sign(claims, { typ: 'JWT' });
  }
}

export function newKey(kid: string): SigningKey {
  return signingKeyOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, { kid });
}
