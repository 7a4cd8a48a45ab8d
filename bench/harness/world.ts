import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { BcryptSha256Format } from '../../src/modules/core/password/hash-formats/bcrypt-sha256.format.js';
import { BenchDatabase, PASSWORD, userId } from './bench-database.js';
import { httpRequest, type Traffic } from './load.js';
import { type RecordedStatement, ServerProcess } from './server-process.js';
import type { FloorInput, RecordedValue } from '../servers/floor-input.js';

export type Adapter = 'express' | 'fastify';
export type Mode = 'session' | 'stateless';

/** How Castellan is configured beyond what every run has. */
export interface CastellanSettings {
  readonly adapter: Adapter;
  readonly mode?: Mode;
  /** `core`: what cannot be left out. `all`: as it comes. @default 'core' */
  readonly modules?: 'core' | 'all';
  readonly env?: Readonly<Record<string, string>>;
  /** @default the one core of servers */
  readonly cores?: number | string;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const STUB = '.'.repeat(31);

/** What a run has: a database with accounts, and servers on it. */
export class World {
  private readonly secret = `bench:${randomBytes(32).toString('base64')}`;

  private constructor(readonly database: BenchDatabase) {}

  /** The accounts have the password of every benchmark, or what the stub of the hash takes for one. */
  static async create(server: string, users: number, passwordHash?: string): Promise<World> {
    const hash = passwordHash ?? (await new BcryptSha256Format(10).hash(PASSWORD));
    return new World(await BenchDatabase.create(server, users, hash));
  }

  /** The environment of every Castellan of this run. */
  castellanEnv({
    adapter,
    mode = 'session',
    modules = 'core',
    env = {},
  }: CastellanSettings): Record<string, string> {
    return {
      DATABASE_URL: this.database.url,
      HOST: '127.0.0.1',
      APP_URL: 'https://bench.example.com',
      AUTH_SECRETS: this.secret,
      AUTH_SIGNING_KEYS: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      HTTP_ADAPTER: adapter,
      AUTH_MODE: mode,
      // Counted, and never reached: all the load comes from one address.
      RATE_LIMIT_MULTIPLIER: '100000',
      LOG_LEVEL: 'warn',
      // One that sends no statement, for a list without a name means all.
      ...(modules === 'core' && { AUTH_MODULES: 'magic-link' }),
      ...env,
    };
  }

  /** The standalone app, as `npm start` runs it. */
  standalone(settings: CastellanSettings): Promise<ServerProcess> {
    return ServerProcess.start({ script: 'dist/main.js', env: this.castellanEnv(settings) }, settings.cores);
  }

  /** A host with one route, `GET /hello`, behind the guard. */
  host(settings: CastellanSettings): Promise<ServerProcess> {
    return ServerProcess.start({
      script: 'bench/servers/castellan-host.ts',
      env: this.castellanEnv(settings),
    });
  }

  /** Another server of `bench/servers`. */
  other(script: string, env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    return ServerProcess.start({
      script: `bench/servers/${script}.ts`,
      env: { DATABASE_URL: this.database.url, ...env },
    });
  }

  floor(
    login: readonly RecordedStatement[] = [],
    again: readonly RecordedStatement[] = [],
  ): Promise<ServerProcess> {
    const input: FloorInput = {
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      pointQuery: POINT_QUERY,
      userQuery: USER_QUERY,
      login: login.map(({ text, name, values }, at) => ({
        text,
        name,
        values: values.map((value, place) => recordedValue(value, again[at]?.values[place])),
      })),
      refreshUpdate: REFRESH_UPDATE,
      refreshInsert: REFRESH_INSERT,
    };
    return this.other('floor', { FLOOR: JSON.stringify(input) });
  }

  /** Signs so many users in, from the first. */
  async signIn({ port }: ServerProcess, count: number, path = '/auth/login'): Promise<Tokens[]> {
    const tokens: Tokens[] = [];
    for (let user = 1; user <= count; user += 1) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: `user${user}@example.com`, password: PASSWORD }),
      });
      const body = (await response.json()) as { access_token: string; refresh_token: string };
      if (response.status !== 200) throw new Error(`Signing in: ${response.status} ${JSON.stringify(body)}`);
      tokens.push({ access: body.access_token, refresh: body.refresh_token });
    }
    return tokens;
  }

  /** Every login is another user's: no two wait for one row. */
  logins(path = '/auth/login', headers: readonly string[] = []): Traffic {
    let user = 0;
    return {
      next: () => {
        user = (user % this.database.users) + 1;
        return httpRequest('POST', path, {
          headers,
          body: { email: `user${user}@example.com`, password: PASSWORD },
        });
      },
    };
  }
}

/** With bcrypt out of the way: its digest is a constant, and so is what lies in the database. */
export const STUBBED_HASH = { BENCH_STUB_HASH: STUB };
export const STUBBED_PASSWORD = `$bcrypt-sha256$v=2,t=2b,r=10$${'.'.repeat(21)}u$${STUB}`;

/** The same request over and over, each connection with a credential of its own. */
export function repeated(path: string, tokens: readonly string[] = []): Traffic {
  const requests = tokens.map((token) => httpRequest('GET', path, { token }));
  const plain = httpRequest('GET', path);
  return { next: (connection) => requests[connection % requests.length] ?? plain };
}

/** Each connection rotates a chain of its own. */
export function refreshes(path: string, first: readonly string[]): Traffic {
  const current = [...first];
  return {
    next: (connection) => httpRequest('POST', path, { body: { refresh_token: current[connection] } }),
    answered: (connection, _status, body) => {
      current[connection] = (JSON.parse(body) as { refresh_token: string }).refresh_token;
    },
  };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The least that a check of a session can ask. */
const POINT_QUERY = {
  name: 'bench_point',
  text: 'SELECT id, family_id, user_id, expires_at FROM castellan.sessions WHERE access_token = $1',
};
const USER_QUERY = {
  name: 'bench_user',
  text: 'SELECT id, password FROM castellan.users WHERE email_key = $1 AND deleted_at IS NULL',
};
const REFRESH_UPDATE = {
  name: 'bench_refresh_update',
  text: 'UPDATE castellan.sessions SET replaced_by = $2::uuid, replaced_at = now(), sealed_answer = $3 WHERE id = $1::uuid AND replaced_by IS NULL',
};
const REFRESH_INSERT = {
  name: 'bench_refresh_insert',
  text: `INSERT INTO castellan.sessions (id, family_id, user_id, refresh_token, refresh_token_expires_at, access_token, expires_at, claims, created_at, updated_at)
    SELECT $2::uuid, family_id, user_id, $3, refresh_token_expires_at, $4, expires_at, claims, now(), now() FROM castellan.sessions WHERE id = $1::uuid`,
};

/** The recorded logins were of the first user. What differs between two of them is made for each. */
function recordedValue(value: unknown, again: unknown): RecordedValue {
  if (value === userId(1)) return { kind: 'user' };
  if (value === 'user1@example.com') return { kind: 'email' };
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value))
    return { kind: 'now', offsetMs: Date.parse(value) - Date.now() };
  if (typeof value === 'string' && value !== again) return { kind: 'fresh', id: value, length: value.length };
  return { kind: 'same', value };
}
