import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { WebSocket } from 'ws';
import { type CastellanClient, createCastellanClient } from '../src/client/index.js';
import { TestClient } from '../src/testing/test-client.js';
import { freshEmail, PASSWORD } from './support/accounts.js';
import { type StartedChild, startChild } from './support/child.js';

// Answers of any shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
type Json = any;

interface User {
  readonly id: string;
  readonly token: string;
  readonly cookie: string;
  readonly client: CastellanClient;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A socket that is open, which sends one message and waits for what comes back. */
class Conversation {
  private constructor(private readonly socket: WebSocket) {}

  static async open(url: string, headers: Readonly<Record<string, string>>): Promise<Conversation> {
    const socket = new WebSocket(url, { headers });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Conversation(socket);
  }

  async ask(event: string, data: unknown = null): Promise<{ event: string; data: Json }> {
    const answer = new Promise<string>((resolve) =>
      this.socket.once('message', (buffer: Buffer) => resolve(buffer.toString('utf8'))),
    );
    this.socket.send(JSON.stringify({ event, data }));
    return JSON.parse(await answer);
  }

  close(): void {
    this.socket.close();
  }
}

describe.each(['session', 'stateless'] as const)('Guards beyond HTTP [%s]', (mode) => {
  let example: StartedChild;
  let messagePort: number;
  const open: { close(): unknown }[] = [];

  beforeAll(async () => {
    messagePort = await freePort();
    example = await startChild(
      { AUTH_MODE: mode, MESSAGE_PORT: String(messagePort) },
      'examples/beyond-http/src/main.ts',
    );
  }, 60_000);

  afterAll(async () => {
    for (const one of open) one.close();
    await example.stop();
  });

  async function signIn(): Promise<User> {
    const tokens: string[] = [];
    const client = createCastellanClient({
      baseUrl: `${example.url}/auth`,
      accessToken: () => tokens.at(-1),
    });
    const body = { email: freshEmail(), password: PASSWORD };
    await client.POST('/signup', { body });
    const { data, response } = await client.POST('/login', { body });
    if (data?.status !== 'authenticated' || !data.access_token) throw new Error('The login was refused.');
    tokens.push(data.access_token);
    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    return { id: data.user.id, token: data.access_token, cookie, client };
  }

  const graphql = async (query: string, headers: Readonly<Record<string, string>> = {}): Promise<Json> =>
    (await new TestClient(example.url).post('/graphql', { query }, { headers })).body;

  const socket = async (headers: Readonly<Record<string, string>> = {}): Promise<Conversation> => {
    const conversation = await Conversation.open(`${example.url.replace('http', 'ws')}/notes`, headers);
    open.push(conversation);
    return conversation;
  };

  function service(token?: string): ClientProxy {
    const client = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port: messagePort },
    });
    if (token !== undefined)
      client.setOnDispatchHook((packet: { metadata?: unknown }) => {
        packet.metadata = { authorization: `Bearer ${token}` };
      });
    open.push(client);
    return client;
  }

  const send = <T>(client: ClientProxy, pattern: string, data: unknown): Promise<T> =>
    firstValueFrom(client.send<T>(pattern, data));

  describe('GraphQL', () => {
    it('refuses who is unknown, with the problem in the extensions', async () => {
      const { data, errors } = await graphql('{ notes { text } }');
      expect([data, errors[0].extensions]).toMatchObject([
        null,
        { code: 'core.unauthenticated', status: 401 },
      ]);
      const bad = await graphql('{ notes { text } }', { authorization: 'Bearer nonsense' });
      expect(bad.errors[0].extensions.code).toBe('core.invalid_token');
      expect((await graphql('{ whoAmI }')).data).toEqual({ whoAmI: null });
    });

    it('hands the principal to the resolvers, until the session ends', async () => {
      const user = await signIn();
      const authorization = { authorization: `Bearer ${user.token}` };
      const added = await graphql('mutation { addNote(text: "first") { owner } }', authorization);
      expect(added.data.addNote).toEqual({ owner: user.id });
      const both = await graphql('{ whoAmI notes { owner text } }', authorization);
      expect(both.data).toEqual({ whoAmI: user.id, notes: [{ owner: user.id, text: 'first' }] });
      await user.client.POST('/logout', { body: {} });
      expect((await graphql('{ notes { text } }', authorization)).errors[0].extensions.code).toBe(
        'core.invalid_token',
      );
    });

    it('asks for permissions', async () => {
      const { token } = await signIn();
      const { errors } = await graphql('{ noteCount }', { authorization: `Bearer ${token}` });
      expect(errors[0].extensions).toMatchObject({
        code: 'rbac.permission_required',
        missing: ['notes:count'],
      });
    });

    it('takes a cookie, and from another site none', async () => {
      const { cookie, id } = await signIn();
      const mutation = 'mutation { addNote(text: "by cookie") { owner } }';
      const forged = await graphql(mutation, { cookie, origin: 'https://evil.example' });
      expect(forged.errors[0].extensions.code).toBe('core.csrf');
      const own = await graphql(mutation, { cookie, 'sec-fetch-site': 'same-origin' });
      expect(own.data.addNote.owner).toBe(id);
    });
  });

  describe('WebSocket', () => {
    it('refuses who is unknown, with the event of a problem', async () => {
      const conversation = await socket();
      expect(await conversation.ask('notes')).toMatchObject({
        event: 'exception',
        data: { code: 'core.unauthenticated', status: 401, type: 'urn:castellan:error:core.unauthenticated' },
      });
      expect(await conversation.ask('whoAmI')).toEqual({ event: 'whoAmI', data: null });
    });

    it('hands the principal to the handlers, and checks the session at every message', async () => {
      const user = await signIn();
      const conversation = await socket({ authorization: `Bearer ${user.token}` });
      expect(await conversation.ask('notes')).toEqual({ event: 'notes', data: [] });
      expect(await conversation.ask('whoAmI')).toEqual({ event: 'whoAmI', data: user.id });
      await user.client.POST('/logout', { body: {} });
      expect((await conversation.ask('notes')).data.code).toBe('core.invalid_token');
      expect(await conversation.ask('whoAmI')).toEqual({ event: 'whoAmI', data: null });
    });

    it('takes a token that the client sends, and a newer one after it', async () => {
      const [one, two] = [await signIn(), await signIn()];
      const conversation = await socket();
      for (const user of [one, two]) {
        await conversation.ask('authenticate', user.token);
        expect((await conversation.ask('whoAmI')).data).toBe(user.id);
      }
    });

    it('is opened by a cookie from an allowed origin alone', async () => {
      const { cookie, id } = await signIn();
      const forged = await socket({ cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
      expect((await forged.ask('notes')).data.code).toBe('core.csrf');
      const silent = await socket({ cookie });
      expect((await silent.ask('notes')).data.code).toBe('core.csrf');
      const own = await socket({ cookie, 'sec-fetch-site': 'same-origin' });
      expect((await own.ask('whoAmI')).data).toBe(id);
    });
  });

  describe('messages between services', () => {
    it('refuses who is unknown, with the problem as the error', async () => {
      await expect(send(service(), 'notes.list', {})).rejects.toMatchObject({
        code: 'core.unauthenticated',
        status: 401,
      });
      // A payload is no credential.
      const inPayload = { headers: { authorization: 'Bearer x' }, authorization: 'Bearer x' };
      await expect(send(service(), 'notes.list', inPayload)).rejects.toMatchObject({
        code: 'core.unauthenticated',
      });
    });

    it('hands the principal to the handlers, until the session ends', async () => {
      const user = await signIn();
      const client = service(user.token);
      expect(await send(client, 'notes.add', 'by message')).toEqual({ owner: user.id, text: 'by message' });
      expect(await send(client, 'notes.list', {})).toHaveLength(1);
      await user.client.POST('/logout', { body: {} });
      await expect(send(client, 'notes.list', {})).rejects.toMatchObject({ code: 'core.invalid_token' });
    });
  });
});
