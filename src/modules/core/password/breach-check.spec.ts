import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { HibpBreachedPasswordChecker, NoBreachedPasswordChecker } from './breach-check.js';

const PASSWORD = 'gatehouse tower';
const digest = createHash('sha1').update(PASSWORD).digest('hex').toUpperCase();
const suffix = digest.slice(5);
let server: Server | undefined;

async function checker(listener: RequestListener, timeoutMs = 1500): Promise<HibpBreachedPasswordChecker> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return new HibpBreachedPasswordChecker({ baseUrl: `http://127.0.0.1:${port}/range/`, timeoutMs });
}

beforeAll(() => Logger.overrideLogger(false));

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('HibpBreachedPasswordChecker', () => {
  it('sends five digits of the SHA-1, asks for padding, and finds the rest in the answer', async () => {
    const seen: unknown[] = [];
    const subject = await checker((request, response) => {
      seen.push([request.url, request.headers['add-padding']]);
      response.end(`${'0'.repeat(35)}:3\r\n${suffix}:12\r\n`);
    });
    expect(await subject.isBreached(PASSWORD)).toBe(true);
    expect(seen).toEqual([[`/range/${digest.slice(0, 5)}`, 'true']]);
  });

  it.each([
    ['another suffix', `${'0'.repeat(35)}:3`],
    ['padding', `${suffix}:0\r\n`],
    ['something else', '<html></html>'],
    ['nothing', ''],
  ])('finds nothing in %s', async (_, body) => {
    const subject = await checker((_request, response) => void response.end(body));
    expect(await subject.isBreached(PASSWORD)).toBe(false);
  });

  it.each<[string, RequestListener]>([
    ['a 500', (_, response) => void response.writeHead(500).end(`${suffix}:1`)],
    ['a redirect', (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a reset', (request) => void request.socket.destroy()],
    ['silence', () => undefined],
    ['a body that stalls', (_, response) => void response.write(`${suffix}:1\n`)],
    ['a huge body', (_, response) => void response.end(`${suffix}:1\n${'0'.repeat(2 * 1024 ** 2)}`)],
  ])('fails open on %s, in time', async (_, listener) => {
    const subject = await checker(listener, 300);
    const start = performance.now();
    expect(await subject.isBreached(PASSWORD)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('warns without the password or its digest', async () => {
    const lines: string[] = [];
    const record = (...parts: unknown[]) => void lines.push(parts.join(' '));
    Logger.overrideLogger({ log: record, error: record, warn: record });
    try {
      const subject = await checker((_, response) => void response.writeHead(503).end());
      await subject.isBreached(PASSWORD);
    } finally {
      Logger.overrideLogger(false);
    }
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('503');
    expect(lines[0]).not.toContain(PASSWORD);
    expect(lines[0]).not.toContain(digest.slice(0, 5));
  });
});

it('NoBreachedPasswordChecker lets everything pass', async () => {
  expect(await new NoBreachedPasswordChecker().isBreached()).toBe(false);
});
