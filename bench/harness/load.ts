import { connect, type Socket } from 'node:net';

/** What one connection sends, one request after another. */
export interface Traffic {
  /** The next request of a connection, as `httpRequest` writes it. */
  next(connection: number): string;
  /** Hears of every answer. */
  answered?(connection: number, status: number, body: string): void;
  /** Statuses that are no failure. @default 200 */
  readonly expected?: number | readonly number[];
}

export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Keep-alive connections, shared out among the ports, one request at a time on each, for so many seconds. Written by hand and lean, for it shares its core with PostgreSQL.
 * @throws where an answer is none that was expected
 */
export async function load(
  ports: readonly number[],
  traffic: Traffic,
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, (_, index) =>
      drive(ports[index % ports.length] ?? 0, traffic, index, end, latencies),
    ),
  );
  const elapsed = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    requests: latencies.length,
    perSecond: latencies.length / elapsed,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

interface RequestParts {
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string;
  readonly headers?: readonly string[];
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** The text of a request. */
export function httpRequest(
  method: string,
  path: string,
  { token, headers = [], body }: RequestParts = {},
): string {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers];
  if (token !== undefined) lines.push(`Authorization: Bearer ${token}`);
  const text = body === undefined ? '' : JSON.stringify(body);
  if (text) lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`);
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function drive(
  port: number,
  traffic: Traffic,
  index: number,
  end: number,
  latencies: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const expected = [traffic.expected ?? 200].flat();
    let received = '';
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      if (sentAt >= end) {
        socket.destroy();
        resolve();
      } else socket.write(traffic.next(index), 'latin1');
    };
    const fail = (why: string): void => {
      socket.destroy();
      reject(new Error(why));
    };
    socket.setEncoding('latin1');
    socket.once('connect', send);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const answer = readAnswer(received);
      if (!answer) return;
      received = '';
      latencies.push(performance.now() - sentAt);
      if (!expected.includes(answer.status))
        return fail(`Status ${answer.status}: ${answer.body.slice(0, 300)}`);
      traffic.answered?.(index, answer.status, answer.body);
      send();
    });
    socket.once('error', (error) => fail(error.message));
    socket.once('close', () => fail('The server closed the connection.'));
  });
}

const LENGTH = /\r\ncontent-length: *(\d+)/i;

/** The one answer that is on its way, once it is complete. */
function readAnswer(text: string): { status: number; body: string } | null {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const status = Number(text.slice(9, 12));
  const body = text.slice(head + 4);
  const length = LENGTH.exec(text)?.[1];
  if (length !== undefined) return body.length >= Number(length) ? { status, body } : null;
  if (status === 204) return { status, body: '' };
  return body.endsWith('0\r\n\r\n') ? { status, body: unchunk(body) } : null;
}

function unchunk(body: string): string {
  let text = '';
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.slice(at, lineEnd), 16);
    if (!(size > 0)) return text;
    text += body.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}
