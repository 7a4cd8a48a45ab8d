import { CoreErrors } from '../../src/modules/core/index.js';
import { github, oauth, type OAuthProvider, oidc } from '../../src/modules/oauth/index.js';
import {
  type Answer,
  createTestAuth,
  type RequestOptions,
  type TestAuth,
  type TestAuthOptions,
} from '../../src/testing/index.js';
import { FakeOidc, FakeProviderFetch } from './fake-provider-fetch.js';

export const TARGET = 'https://app.example/signed-in';
export const ISSUER = 'https://op.example';

/** Where a flow is: the browser's cookie, and what the provider was asked. */
export interface Begun {
  readonly answer: Answer;
  readonly cookie: string;
  readonly url: URL;
  readonly state: string;
}

export interface GithubUser {
  readonly id: number;
  readonly login: string;
  readonly email?: string;
  readonly verified?: boolean;
}

/** Castellan in memory with two providers on a fake network: `acme`, an OpenID provider, and GitHub. */
export class OAuthFixture {
  private constructor(
    readonly auth: TestAuth,
    readonly network: FakeProviderFetch,
    readonly acme: FakeOidc,
  ) {}

  static async start(
    options: TestAuthOptions = {},
    more: readonly OAuthProvider[] = [],
  ): Promise<OAuthFixture> {
    const network = new FakeProviderFetch();
    let now = (): Date => new Date();
    const acme = new FakeOidc(network, ISSUER, 'castellan', () => now());
    const providers = [
      oidc({ id: 'acme', name: 'Acme', issuer: ISSUER, clientId: 'castellan', clientSecret: 'secret' }),
      github({ clientId: 'castellan', clientSecret: 'secret' }),
      ...more,
    ];
    const { modules = [], ...rest } = options;
    const auth = await createTestAuth({
      appUrl: 'https://id.example',
      redirectAllowlist: ['https://app.example', 'com.example.app:/done'],
      ...rest,
      modules: [oauth({ providers, fetch: network.fetch }), ...modules],
    });
    now = () => auth.clock.now();
    const fixture = new OAuthFixture(auth, network, acme);
    fixture.asGithub({ id: 42, login: 'ada', email: 'ada@example.com', verified: true });
    return fixture;
  }

  asGithub({ id, login, email, verified = false }: GithubUser): void {
    this.network
      .on('https://github.com/login/oauth/access_token', () => ({
        access_token: `gho-${id}`,
        token_type: 'bearer',
      }))
      .on('https://api.github.com/user', () => ({ id, login }))
      .on('https://api.github.com/user/emails', () => (email ? [{ email, verified, primary: true }] : []));
  }

  /** By `GET start`, as a link does. */
  async start(provider: string, query: Readonly<Record<string, string>> = {}, cookie = ''): Promise<Begun> {
    const parameters = new URLSearchParams({ redirect_to: TARGET, ...query });
    const answer = await this.auth.api.get(`/oauth/${provider}/start?${parameters.toString()}`, {
      headers: { cookie },
    });
    return this.begun(answer, answer.headers.get('location') ?? '');
  }

  /** By `POST authorize`. */
  async authorize(provider: string, body: object, options: RequestOptions = {}): Promise<Begun> {
    const answer = await this.auth.api.post(`/oauth/${provider}/authorize`, body, options);
    return this.begun(answer, (answer.body['url'] as string | undefined) ?? '');
  }

  private begun(answer: Answer, location: string): Begun {
    const url = new URL(location || 'about:blank');
    this.acme.nonce = url.searchParams.get('nonce') ?? '';
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    return { answer, cookie, url, state: url.searchParams.get('state') ?? '' };
  }

  callback(
    provider: string,
    { state, cookie }: Pick<Begun, 'state' | 'cookie'>,
    query: Readonly<Record<string, string>> = { code: 'code-1' },
  ): Promise<Answer> {
    const parameters = new URLSearchParams({ state, ...query });
    return this.auth.api.get(`/oauth/${provider}/callback?${parameters.toString()}`, { headers: { cookie } });
  }

  exchange(code: string, { cookie = '', ...body }: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.auth.api.post('/oauth/exchange', { code, ...body }, { headers: { cookie } });
  }

  /** From the link to the parameters that the client's page is opened with. */
  async walk(provider: string, query: Readonly<Record<string, string>> = {}): Promise<URLSearchParams> {
    const begun = await this.start(provider, query);
    return locationOf(await this.callback(provider, begun)).searchParams;
  }

  /** To the answer of the exchange; of a refusal before that, its code. */
  async signIn(provider: string, query: Readonly<Record<string, string>> = {}): Promise<Answer['body']> {
    const result = await this.walk(provider, query);
    const code = result.get('code');
    if (code === null) return { code: result.get('error') ?? '' } as Answer['body'];
    return (await this.exchange(code)).body;
  }

  async signUp(email: string, password = 'a gatehouse of 7 towers'): Promise<Answer['body']> {
    await this.auth.api.post('/signup', { email, password });
    return (await this.auth.api.post('/login', { email, password })).body;
  }

  /** Proves the address by the link that was mailed. */
  async verify(email: string): Promise<void> {
    await this.auth.drainOutbox();
    const token = this.auth.mailbox.lastToken(email);
    const { body } = await this.auth.api.post('/email/verify/confirm', { token });
    if (body.code === CoreErrors.invalid_code.code) throw new Error('The address was not proven.');
  }

  close(): Promise<void> {
    return this.auth.close();
  }
}

export function locationOf(answer: Answer): URL {
  return new URL(answer.headers.get('location') ?? 'about:blank');
}
