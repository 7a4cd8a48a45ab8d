import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApp } from './test-app.js';

export interface RacedRequest {
  readonly method?: string;
  /** Below Castellan's base path. */
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another instance than the first. */
  readonly app?: TestApp;
  /** Released so many milliseconds after the others. */
  readonly after?: number;
}

export interface RacedAnswer {
  readonly status: number;
  /** Status line and header fields. */
  readonly head: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Time for the server to have read everything but the last bytes. */
export const SETTLE_MS = 100;

/** Opens a socket for each request, holds its last byte back, and releases all of them together. */
export async function releaseTogether(
  app: TestApp,
  requests: readonly RacedRequest[],
): Promise<RacedAnswer[]> {
  const held = await Promise.all(requests.map((request) => hold(request.app ?? app, request)));
  await sleep(SETTLE_MS);
  const answers = held.map(({ answer }) => answer);
  for (const [index, { release }] of held.entries()) {
    const after = requests[index]?.after ?? 0;
    if (after > 0) setTimeout(release, after);
    else release();
  }
  return Promise.all(answers);
}

/** Long enough for a request to be answered before the next one begins, on a loaded machine too. */
const APART_MS = 1_000;

/**
 * What each of two rivals waits, round by round: swept over the window in which they meet, and in the first and the last round so far apart that one of them
 * has been answered before the other begins.
 */
export function staggers(rounds: number, windowMs: number): readonly (readonly [number, number])[] {
  const steps = Array.from({ length: rounds }, (_, step) =>
    Math.round(windowMs * ((2 * step) / (rounds - 1) - 1)),
  );
  return [-APART_MS, ...steps, APART_MS].map((lead) => [Math.max(0, -lead), Math.max(0, lead)]);
}

/** How often each status was answered. */
export function tally(answers: readonly RacedAnswer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Sends bytes as they are on a connection of their own, and reads the answer to the end. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<RacedAnswer> {
  const socket = await open(port);
  const answer = read(socket);
  socket.write(bytes);
  return answer;
}

async function hold(
  app: TestApp,
  request: RacedRequest,
): Promise<{ release: () => void; answer: Promise<RacedAnswer> }> {
  const bytes = serialize(app, request);
  const socket = await open(app.port);
  const answer = read(socket);
  socket.write(bytes.subarray(0, -1));
  return { answer, release: () => void socket.write(bytes.subarray(-1)) };
}

function serialize(app: TestApp, { method = 'POST', path, body, token, headers = {} }: RacedRequest): Buffer {
  const content = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${app.basePath}${path} HTTP/1.1`,
    `Host: 127.0.0.1:${app.port}`,
    'Connection: close',
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(content === ''
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(content)}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${content}`);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function read(socket: Socket): Promise<RacedAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.setTimeout(20_000, () => socket.destroy(new Error('There was no answer.')));
    socket.on('close', () => resolve(parse(Buffer.concat(chunks).toString('utf8'))));
  });
}

/** An answer without interim ones; chunked or not. */
function parse(text: string): RacedAnswer {
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, Math.max(0, end));
  const rest = text.slice(end + 4);
  const content = /^transfer-encoding:\s*chunked/im.test(head) ? unchunk(rest) : rest;
  const json = /^content-type:.*json/im.test(head);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head,
    body: (json && content !== '' ? JSON.parse(content) : {}) as Record<string, unknown>,
  };
}

function unchunk(text: string): string {
  let rest = text;
  let content = '';
  for (let size = Number.parseInt(rest, 16); size > 0; size = Number.parseInt(rest, 16)) {
    const start = rest.indexOf('\r\n') + 2;
    content += rest.slice(start, start + size);
    rest = rest.slice(start + size + 2);
  }
  return content;
}
