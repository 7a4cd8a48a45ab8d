import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Configuration, Provider } from 'oidc-provider';
import type { Browser, Navigation } from './browser/browser.js';
import type { Page } from './browser/page.js';
import { formOf, LoopbackServer } from './loopback-server.js';

/** Who has an account at the provider. */
export interface ProviderUser {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly preferred_username?: string;
  readonly name?: string;
  readonly picture?: string;
}

export interface OidcProviderOptions {
  /** Where the client may be sent back to; compared exactly. */
  readonly redirectUris: readonly string[];
  readonly users?: readonly ProviderUser[];
}

export const CLIENT_ID = 'castellan';
const INTERACTION = /^\/interaction\/([\w-]+)$/;

/**
 * The certified `oidc-provider` on a free port of this machine, with one confidential client that has to use PKCE, a login page that takes any `sub`
 * of its users without a password, and a consent page.
 */
export class OidcTestProvider {
  readonly clientId = CLIENT_ID;
  readonly clientSecret = randomBytes(24).toString('hex');
  readonly users = new Map<string, ProviderUser>();
  private readonly provider: Provider;

  private constructor(
    ProviderClass: typeof Provider,
    private readonly server: LoopbackServer,
    { redirectUris, users = [] }: OidcProviderOptions,
  ) {
    for (const user of users) this.setUser(user);
    this.provider = new ProviderClass(server.origin, this.configuration(redirectUris));
    const answer = this.provider.callback();
    server.answerWith((request, response) => {
      const interaction = INTERACTION.exec(request.url ?? '');
      const answered = interaction ? this.interact(request, response) : answer(request, response);
      void answered.catch((error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      });
    });
  }

  static async start(options: OidcProviderOptions): Promise<OidcTestProvider> {
    const server = await LoopbackServer.start();
    return quietly(
      async () => new OidcTestProvider((await import('oidc-provider')).default, server, options),
    );
  }

  get issuer(): string {
    return this.server.origin;
  }

  /** Adds an account, or changes what it says from now on. */
  setUser(user: ProviderUser): void {
    this.users.set(user.sub, user);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private configuration(redirectUris: readonly string[]): Configuration {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          redirect_uris: [...redirectUris],
          token_endpoint_auth_method: 'client_secret_basic',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        },
      ],
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'r1', alg: 'RS256', use: 'sig' }] },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name', 'picture', 'preferred_username'],
      },
      // Codes too: a test may gather many of them before it uses the first.
      ttl: {
        ...{ AuthorizationCode: 600, Interaction: 600, Session: 600, Grant: 600 },
        ...{ AccessToken: 600, IdToken: 600 },
      },
      renderError: (ctx, { error, error_description }) => {
        ctx.body = `${error}: ${error_description ?? ''}`;
      },
      findAccount: (_ctx, sub) => {
        const user = this.users.get(sub);
        return user && { accountId: sub, claims: () => ({ ...this.users.get(sub), sub }) };
      },
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    };
  }

  /** GET shows the page of a prompt, POST answers it. */
  private async interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const details = await this.provider.interactionDetails(request, response);
    const { prompt, params, session, grantId } = details;
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(pageOf(prompt.name));
      return;
    }
    const form = await formOf(request);
    if (form.get('answer') === 'deny') {
      const denial = { error: 'access_denied', error_description: 'The user has said no.' };
      return this.provider.interactionFinished(request, response, denial, { mergeWithLastSubmission: false });
    }
    if (prompt.name === 'login') {
      const login = { accountId: form.get('login') ?? '' };
      return this.provider.interactionFinished(
        request,
        response,
        { login },
        { mergeWithLastSubmission: false },
      );
    }
    const grant =
      (grantId === undefined ? undefined : await this.provider.Grant.find(grantId)) ??
      new this.provider.Grant({ accountId: session?.accountId, clientId: String(params['client_id']) });
    grant.addOIDCScope(String(params['scope']));
    const consent = { grantId: await grant.save() };
    return this.provider.interactionFinished(
      request,
      response,
      { consent },
      { mergeWithLastSubmission: true },
    );
  }
}

/** It warns of what is right for a test: keeping everything in memory, and running on the oldest Node that Castellan supports. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}

function pageOf(prompt: string): string {
  const field = prompt === 'login' ? '<input name="login" autofocus>' : '';
  return `<!doctype html><title>${prompt}</title>
<form id="${prompt}" method="post">${field}<button name="answer" value="allow">Continue</button></form>
<form id="deny" method="post"><input type="hidden" name="answer" value="deny"><button>Deny</button></form>`;
}

/** Logs in and consents, as far as the provider asks; ends where it sends the browser. */
export async function signInAtProvider(
  browser: Browser,
  page: Page,
  sub: string,
  navigation: Navigation = {},
): Promise<Page> {
  let current = page;
  if (current.text.includes('id="login"'))
    current = await browser.submit(current, { login: sub }, { form: 'login', ...navigation });
  if (current.text.includes('id="consent"'))
    current = await browser.submit(current, {}, { form: 'consent', ...navigation });
  return current;
}

/** Says no at whichever page the provider shows. */
export function denyAtProvider(browser: Browser, page: Page, navigation: Navigation = {}): Promise<Page> {
  return browser.submit(page, {}, { form: 'deny', ...navigation });
}
