import type { Answer } from '../../src/testing/test-client.js';
import { freshEmail, freshName, tokensOf, type Tokens } from './accounts.js';
import { Browser } from './browser/browser.js';
import type { Page } from './browser/page.js';
import { HostileProvider } from './hostile-provider.js';
import { OidcTestProvider, type ProviderUser, signInAtProvider } from './oidc-provider.js';
import { APP_URL, type TestApp } from './test-app.js';
import { MOUNT_PATH } from './mounted-host.js';

/** The page of the client that a sign-in ends at. */
export const CLIENT_PAGE = 'https://app.example.test/signed-in';

/** The providers that the applications of these tests know: a certified one, and as many that attack as a test wants. */
export class OAuthWorld {
  private constructor(
    readonly certified: OidcTestProvider,
    private readonly attackers: ReadonlyMap<string, HostileProvider>,
  ) {}

  static async start(attackers: readonly string[] = ['hostile']): Promise<OAuthWorld> {
    const redirectUris = ['/auth', MOUNT_PATH].map((base) => `${APP_URL}${base}/oauth/certified/callback`);
    const certified = await OidcTestProvider.start({ redirectUris });
    const started = await Promise.all(
      attackers.map(async (id) => [id, await HostileProvider.start()] as const),
    );
    return new OAuthWorld(certified, new Map(started));
  }

  /** A provider that attacks. */
  attacker(id = 'hostile'): HostileProvider {
    const found = this.attackers.get(id);
    if (!found) throw new Error(`No provider is called ${id}.`);
    return found;
  }

  get env(): Readonly<Record<string, string>> {
    return {
      ...environmentOf([['certified', this.certified], ...this.attackers]),
      REDIRECT_ALLOWLIST: CLIENT_PAGE,
    };
  }

  /** Somebody with an account at the certified provider, of a verified address. */
  person(claims: Partial<ProviderUser> = {}): ProviderUser & { email: string } {
    const sub = freshName('sub');
    const user = { sub, email: freshEmail(), email_verified: true, preferred_username: sub, ...claims };
    this.certified.setUser(user);
    return user;
  }

  /** Somebody of whom the provider tells no address: nothing but providers lets them in, not even a mailed link. */
  personWithoutAddress(): ProviderUser {
    const sub = freshName('sub');
    const user = { sub, preferred_username: sub };
    this.certified.setUser(user);
    return user;
  }

  async close(): Promise<void> {
    await this.certified.close();
    await Promise.all([...this.attackers.values()].map((attacker) => attacker.close()));
  }
}

interface ConfiguredProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the standalone app needs to know of providers on this machine, by their ids. */
export function environmentOf(
  providers: readonly (readonly [id: string, provider: ConfiguredProvider])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    providers.flatMap(([id, { issuer, clientId, clientSecret }]) => {
      const prefix = `OAUTH_${id.toUpperCase().replaceAll('-', '_')}`;
      return [
        [`${prefix}_ISSUER`, issuer],
        [`${prefix}_CLIENT_ID`, clientId],
        [`${prefix}_CLIENT_SECRET`, clientSecret],
      ];
    }),
  );
}

/** One browser, and what its user does with the application. */
export class OAuthWalker {
  readonly browser: Browser;

  constructor(private readonly app: TestApp) {
    this.browser = new Browser({
      origins: { [APP_URL]: app.url },
      record: (exchange) => void app.exchanges.push(exchange),
    });
  }

  url(path: string): string {
    return `${APP_URL}${this.app.basePath}${path}`;
  }

  /** `Cookie` of requests to the application. */
  get cookie(): string {
    return this.browser.cookies.header({ url: new URL(APP_URL), method: 'GET', crossSite: false });
  }

  /** By a link; ends at the provider's page, or back at the client's. */
  start(provider: string, query: Readonly<Record<string, string>> = {}): Promise<Page> {
    const parameters = new URLSearchParams({ redirect_to: CLIENT_PAGE, ...query });
    return this.browser.goto(this.url(`/oauth/${provider}/start?${parameters.toString()}`), { stopAt });
  }

  /** From the link to the client's page, through the certified provider. */
  async walk(sub: string, query: Readonly<Record<string, string>> = {}): Promise<Page> {
    return signInAtProvider(this.browser, await this.start('certified', query), sub, { stopAt });
  }

  /** From the link to the callback's own answer, which is the result (mode `json`). */
  async walkAsJson(sub: string): Promise<Page> {
    const page = await this.browser.goto(this.url('/oauth/certified/start?mode=json'));
    return signInAtProvider(this.browser, page, sub, {});
  }

  /** To where the provider sends the browser back, without going there. */
  async walkToCallback(sub: string, query: Readonly<Record<string, string>> = {}): Promise<URL> {
    const parameters = new URLSearchParams({ redirect_to: CLIENT_PAGE, ...query });
    const atCallback = (url: URL): boolean => url.pathname.endsWith('/callback');
    const address = this.url(`/oauth/certified/start?${parameters.toString()}`);
    const page = await this.browser.goto(address, { stopAt: atCallback });
    return (await signInAtProvider(this.browser, page, sub, { stopAt: atCallback })).url;
  }

  /** To where the provider sends the browser back that links an account. */
  async walkToLink(sub: string, token: string): Promise<URL> {
    const atCallback = (url: URL): boolean => url.pathname.endsWith('/callback');
    const begun = await this.authorize('certified', { link: true }, token);
    const page = await this.browser.goto(String(begun.body['url']), { stopAt: atCallback });
    return (await signInAtProvider(this.browser, page, sub, { stopAt: atCallback })).url;
  }

  /** Logs in and consents at the certified provider's page. */
  signInOn(page: Page, sub: string): Promise<Page> {
    return signInAtProvider(this.browser, page, sub, { stopAt });
  }

  /** Opens an address that somebody was given. */
  open(url: URL | string): Promise<Page> {
    return this.browser.goto(url, { stopAt });
  }

  /** As a page of the application itself does, with its cookies. */
  exchange(code: string, fields: object = {}): Promise<Answer> {
    return this.app.api.post('/oauth/exchange', { code, ...fields }, this.options());
  }

  /** The whole way; the answer of the exchange. @throws Error with where it ended instead */
  async signIn(sub: string, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const page = await this.walk(sub, query);
    const code = page.param('code');
    if (code === null) throw new Error(`No code: ${page.url.href} ${page.status} ${page.text}`);
    return this.exchange(code);
  }

  /** The whole way of a sign-in that has to succeed. */
  async tokens(sub: string): Promise<Tokens & { userId: string }> {
    const answer = await this.signIn(sub);
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return { ...tokensOf(answer), userId: answer.body.user.id };
  }

  /** Begins by a request, as a page of the application does: to link, with a token. */
  authorize(provider: string, body: object = {}, token?: string): Promise<Answer> {
    const form = { redirect_to: CLIENT_PAGE, ...body };
    return this.app.api
      .post(`/oauth/${provider}/authorize`, form, { ...this.options(), token })
      .then((answer) => {
        this.browser.cookies.store(new URL(APP_URL), answer.headers.getSetCookie());
        return answer;
      });
  }

  /** Links the account at the certified provider; ends at the client's page. */
  async link(sub: string, token: string): Promise<Page> {
    const begun = await this.authorize('certified', { link: true }, token);
    if (begun.status !== 200) throw new Error(`${begun.status} ${begun.text}`);
    const page = await this.browser.goto(String(begun.body['url']), { stopAt });
    return signInAtProvider(this.browser, page, sub, { stopAt });
  }

  private options(): { headers: Record<string, string> } {
    const { cookie } = this;
    return {
      headers: { origin: APP_URL, 'sec-fetch-site': 'same-origin', ...(cookie === '' ? {} : { cookie }) },
    };
  }
}

/** The client's page is nobody's here. */
export function stopAt(url: URL): boolean {
  return url.href.startsWith(CLIENT_PAGE);
}

/** Code of an error that the client's page was opened with. */
export function errorAt(page: Page): string | null {
  if (page.url.href.startsWith(CLIENT_PAGE)) return page.param('error');
  throw new Error(`It ended at ${page.url.href}, ${page.status}: ${page.text}`);
}

export function accounts(app: TestApp, token: string): Promise<Answer> {
  return app.api.get('/me/accounts', { token });
}

/** How many sessions there are at all. */
export async function countSessions(app: TestApp): Promise<number> {
  const [row] = await app.sql<{ count: number }>(
    'SELECT count(*)::int AS count FROM castellan.session_families',
  );
  return row?.count ?? -1;
}
