import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Attack, DENIALS } from './hostile/attacks.js';
import { ForgedTokens } from './hostile/forged-tokens.js';
import { formOf, LoopbackServer } from './loopback-server.js';

type Endpoint = 'discovery' | 'jwks' | 'authorize' | 'token' | 'userinfo' | 'inside';

/** The account that is logged in at the provider; `claims` stand in the ID token and at the userinfo endpoint. */
export interface HostileUser {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

interface Granted {
  readonly user: HostileUser;
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly redirectUri: string;
}

const PATHS: Readonly<Record<string, Endpoint>> = {
  '/.well-known/openid-configuration': 'discovery',
  '/jwks': 'jwks',
  '/authorize': 'authorize',
  '/token': 'token',
  '/userinfo': 'userinfo',
  '/inside': 'inside',
};
const EVIL_ISSUER = 'https://evil.example';
/** More than any client should read. */
const HUGE_CHUNK = `"${'x'.repeat(1 << 20)}",`;
const MOST_CHUNKS = 512;

/** An OpenID provider that answers at once, without a login page, and lies as it is told. It counts what it was asked. */
export class HostileProvider {
  readonly clientId = 'castellan';
  readonly clientSecret = randomBytes(24).toString('hex');
  readonly asked: Record<Endpoint, number> = {
    discovery: 0,
    jwks: 0,
    authorize: 0,
    token: 0,
    userinfo: 0,
    inside: 0,
  };
  /** Bytes that a client has taken of the latest endless body. */
  taken = 0;
  user: HostileUser = { sub: 'mallory', claims: {} };
  private attacks: ReadonlySet<Attack> = new Set();
  private readonly tokens = new ForgedTokens();
  private readonly codes = new Map<string, Granted>();
  private readonly accessTokens = new Map<string, HostileUser>();

  private constructor(private readonly server: LoopbackServer) {
    server.answerWith((request, response) => {
      void this.answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<HostileProvider> {
    return new HostileProvider(await LoopbackServer.start());
  }

  get issuer(): string {
    return this.server.origin;
  }

  /** From now on these and no others; none: a sound provider. */
  attack(...attacks: readonly Attack[]): void {
    this.attacks = new Set(attacks);
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private has(attack: Attack): boolean {
    return this.attacks.has(attack);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const endpoint = PATHS[url.pathname];
    if (endpoint === undefined) return void response.writeHead(404).end();
    this.asked[endpoint] += 1;
    if (endpoint === 'authorize') return this.authorize(url.searchParams, response);
    if (endpoint === 'inside') return json(response, this.metadata());
    if (this.isBroken(endpoint, response)) return;
    if (endpoint === 'discovery') return json(response, this.metadata());
    if (endpoint === 'jwks') return json(response, this.has('jwks_empty') ? { keys: [] } : this.tokens.jwks);
    if (endpoint === 'token') return this.token(request, await formOf(request), response);
    return this.userinfo(request, response);
  }

  /** Faults that every endpoint can have. */
  private isBroken(endpoint: 'discovery' | 'jwks' | 'token' | 'userinfo', response: ServerResponse): boolean {
    const has = (fault: string): boolean =>
      [...this.attacks].some((attack) => attack === `${endpoint}_${fault}`);
    if (has('hangs')) return true;
    if (has('down') || has('500')) {
      response.writeHead(500, { 'content-type': 'text/plain' }).end('at Provider (/srv/secret.js:1:1)');
      return true;
    }
    if (has('garbage')) {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>captive portal</html>');
      return true;
    }
    if (has('not_json')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"access_token":');
      return true;
    }
    if (has('redirects')) {
      response.writeHead(302, { location: `${this.issuer}/inside` }).end();
      return true;
    }
    if (!has('huge')) return false;
    this.flood(response);
    return true;
  }

  /** Half a gigabyte, as fast as it is read. */
  private flood(response: ServerResponse): void {
    this.taken = 0;
    let chunks = 0;
    response.writeHead(200, { 'content-type': 'application/json' });
    const pour = (): void => {
      while (!response.destroyed && chunks < MOST_CHUNKS) {
        chunks += 1;
        this.taken += HUGE_CHUNK.length;
        if (!response.write(HUGE_CHUNK)) return void response.once('drain', pour);
      }
      response.end();
    };
    response.write('{"keys":[');
    pour();
  }

  private metadata(): object {
    return {
      issuer: this.has('discovery_issuer_mismatch') ? EVIL_ISSUER : this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'email', 'profile'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get('redirect_uri') ?? '';
    const parameters: Record<string, string> = { state: query.get('state') ?? '' };
    const denial = DENIALS.find((error) => this.has(error));
    if (denial === undefined) {
      parameters['code'] = randomBytes(16).toString('hex');
      this.codes.set(parameters['code'], {
        user: this.user,
        nonce: query.get('nonce'),
        challenge: query.get('code_challenge'),
        redirectUri,
      });
    } else {
      parameters['error'] = denial;
      parameters['error_description'] = '<script>alert(1)</script> of the provider';
    }
    if (!this.has('missing_issuer'))
      parameters['iss'] = this.has('mixed_up_issuer') ? EVIL_ISSUER : this.issuer;
    if (query.get('response_mode') === 'form_post') {
      const inputs = Object.entries(parameters).map(
        ([name, value]) => `<input name="${name}" value="${value.replaceAll('<', '&lt;')}">`,
      );
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end(`<form method="post" action="${redirectUri}">${inputs.join('')}</form>`);
    }
    const target = new URL(redirectUri);
    for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
    response.writeHead(302, { location: target.href }).end();
  }

  private token(request: IncomingMessage, form: URLSearchParams, response: ServerResponse): void {
    const code = form.get('code') ?? '';
    const granted = this.codes.get(code);
    this.codes.delete(code);
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      this.has('token_invalid_grant') ||
      !granted ||
      verifier !== granted.challenge ||
      form.get('redirect_uri') !== granted.redirectUri ||
      !this.isOurClient(request, form)
    )
      return json(response, { error: 'invalid_grant', error_description: 'at /srv/secret.js:1:1' }, 400);
    const accessToken = randomBytes(16).toString('hex');
    this.accessTokens.set(accessToken, granted.user);
    const { issuer, clientId, clientSecret } = this;
    const idToken = this.tokens.idToken(
      { issuer, clientId, clientSecret, ...granted.user, nonce: granted.nonce },
      this.attacks,
    );
    return json(response, {
      ...(this.has('token_missing_access_token') ? {} : { access_token: accessToken }),
      token_type: this.has('token_type_mac') ? 'mac' : 'Bearer',
      expires_in: 300,
      ...(this.has('missing_id_token') ? {} : { id_token: idToken }),
    });
  }

  private isOurClient({ headers }: IncomingMessage, form: URLSearchParams): boolean {
    const basic = `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`;
    return (
      headers.authorization === basic ||
      (form.get('client_id') === this.clientId && form.get('client_secret') === this.clientSecret)
    );
  }

  private userinfo({ headers }: IncomingMessage, response: ServerResponse): void {
    const user = this.accessTokens.get(headers.authorization?.replace(/^Bearer /i, '') ?? '');
    if (!user) return json(response, { error: 'invalid_token' }, 401);
    const sub = this.has('userinfo_sub_mismatch') ? 'somebody-else' : user.sub;
    return json(response, { ...user.claims, sub });
  }
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
