import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { createCastellanClient } from '../src/client/index.js';

const GENERATOR = ['--import', '@swc-node/register/esm-register', 'test/support/client-schema.ts'];

/** A client whose requests go nowhere, and what it would have sent. */
function silentClient(accessToken?: () => string | null | Promise<string>) {
  const sent: Request[] = [];
  const client = createCastellanClient({
    baseUrl: 'https://id.example.com/auth',
    accessToken,
    fetch: (request) => {
      sent.push(request);
      return Promise.resolve(Response.json({}));
    },
  });
  return { client, sent };
}

describe('castellan/client', () => {
  it('has the types of the OpenAPI document as it is, in both modes', () => {
    const env = { ...process.env, NODE_OPTIONS: '' };
    const output = execFileSync(process.execPath, [...GENERATOR, '--check'], { env, encoding: 'utf8' });
    expect(output).toContain('src/client/schema.ts is up to date');
  }, 60_000);

  it('sends the token that is current, and none where there is none', async () => {
    let token: string | null = null;
    const { client, sent } = silentClient(() => token);
    await client.GET('/me');
    token = 'first';
    await client.GET('/me');
    token = 'second';
    await client.GET('/sessions', { params: { query: { limit: 5 } } });
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      null,
      'Bearer first',
      'Bearer second',
    ]);
    expect(sent.at(-1)?.url).toBe('https://id.example.com/auth/sessions?limit=5');
  });

  it('leaves a credential that was named for one request', async () => {
    const { client, sent } = silentClient(() => Promise.resolve('current'));
    await client.GET('/me', { headers: { authorization: 'Bearer other' } });
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer other');
  });

  it('refuses, at compile time, what the document does not know', async () => {
    const { client } = silentClient();
    // @ts-expect-error -- no such path
    await client.GET('/nowhere');
    // @ts-expect-error -- the path is only posted to
    await client.GET('/login');
    // @ts-expect-error -- a password is a text
    await client.POST('/login', { body: { email: 'a@example.com', password: 1 } });
  });
});
