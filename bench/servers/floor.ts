/** `node:http` and one thing beside it: as little as a server can do for the same answer. */
import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import bcrypt from 'bcrypt';
import pg from 'pg';
import type { FloorInput } from './floor-input.js';

const input = JSON.parse(process.env['FLOOR'] ?? '{}') as FloorInput;
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const key = createPublicKey(input.publicKey);
/** Of cost 10. */
const SALT = `$2b$10$${'.'.repeat(21)}u`;

type Work = (request: IncomingMessage) => Promise<unknown>;

const ROUTES: Readonly<Record<string, Work>> = {
  '/': async () => ({ hello: 'world' }),
  '/query': async (request) => {
    const { rows } = await pool.query({ ...input.pointQuery, values: [bearer(request)] });
    return { hello: (rows as unknown[]).length };
  },
  '/jwt': async (request) => {
    const token = bearer(request);
    const dot = token.lastIndexOf('.');
    const signature = Buffer.from(token.slice(dot + 1), 'base64url');
    const data = Buffer.from(token.slice(0, dot));
    const good = verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      exp: number;
    };
    return { hello: good && claims.exp * 1000 > Date.now() };
  },
  '/hash': async (request) => {
    const { email, password } = (await bodyOf(request)) as { email: string; password: string };
    const { rows } = await pool.query<{ id: string }>({ ...input.userQuery, values: [email] });
    await bcrypt.hash(password, SALT);
    return { id: rows[0]?.id };
  },
  '/login': async (request) => {
    const { email } = (await bodyOf(request)) as { email: string };
    await replay(Number(/\d+/.exec(email)?.[0]));
    return { access_token: fresh(43), refresh_token: fresh(43), session_id: randomUUID() };
  },
  '/refresh': async (request) => {
    const { refresh_token: from } = (await bodyOf(request)) as { refresh_token: string };
    const to = randomUUID();
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query({ ...input.refreshUpdate, values: [from, to, fresh(400)] });
      await client.query({ ...input.refreshInsert, values: [from, to, fresh(64), fresh(64)] });
      await client.query('COMMIT');
    } finally {
      client.release();
    }
    return { access_token: fresh(43), refresh_token: to, session_id: from };
  },
};

/** What a login sends, word for word, for another user and with new ids. */
async function replay(user: number): Promise<void> {
  const made = new Map<string, string>();
  const client = await pool.connect();
  try {
    for (const { text, name, values } of input.login)
      await client.query({ text, name, values: values.map((value) => valueFor(value, user, made)) });
  } finally {
    client.release();
  }
}

function valueFor(
  value: FloorInput['login'][number]['values'][number],
  user: number,
  made: Map<string, string>,
): unknown {
  if (value.kind === 'email') return `user${user}@example.com`;
  if (value.kind === 'user') return `00000000-0000-7000-8000-${user.toString(16).padStart(12, '0')}`;
  if (value.kind === 'now') return new Date(Date.now() + value.offsetMs);
  if (value.kind === 'same') return value.value;
  const known = made.get(value.id) ?? (value.length === 36 ? randomUUID() : fresh(value.length));
  made.set(value.id, known);
  return known;
}

function fresh(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
}

function bearer({ headers }: IncomingMessage): string {
  return headers.authorization?.slice('Bearer '.length) ?? '';
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

createServer((request, response) => {
  const work = ROUTES[request.url ?? ''];
  if (!work) return void response.writeHead(404).end();
  work(request).then(
    (answer) => {
      const text = JSON.stringify(answer);
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      });
      response.end(text);
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
