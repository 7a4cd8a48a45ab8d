import { lookup } from 'node:dns';
import { inSpan } from '../tracing/traced.js';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from './private-addresses.js';

/** Where requests may go. */
export interface OutboundPolicy {
  /** Plain http as well as https. */
  readonly allowHttp: boolean;
  /** Addresses of this machine and of private networks. */
  readonly allowPrivateAddresses: boolean;
}

export interface OutboundRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | URLSearchParams | null;
  readonly signal?: AbortSignal;
}

export interface OutboundLimits {
  /** Milliseconds from the first byte asked to the last byte read. @default 5 s */
  readonly timeoutMs?: number;
  /** Of the answer's body. @default 256 KiB */
  readonly maxBytes?: number;
}

/** The other side could not be asked, or answered in a way that is not taken. The message names no more than the origin. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
}

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;
const NO_CONTENT = new Set([101, 204, 205, 304]);

/**
 * One request to another server: bounded in time and size; a redirect is an answer and is not followed. The address that a name stands for is
 * checked as the connection is made, so that a name which changes its address meanwhile gets nowhere.
 * @throws OutboundError
 */
export async function requestOutbound(
  url: string,
  request: OutboundRequest,
  policy: OutboundPolicy,
  { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES }: OutboundLimits = {},
): Promise<Response> {
  const target = allowedTarget(url, policy);
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
  try {
    const answer = await inSpan('castellan.outbound', () => send(target, request, policy, signal), {
      'server.address': target.hostname,
    });
    const bytes = await readBounded(answer, maxBytes);
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 599) throw new OutboundError(`${target.origin} answered ${status}.`);
    const body = NO_CONTENT.has(status) ? null : new Uint8Array(bytes);
    return new Response(body, { status, headers: headersOf(answer) });
  } catch (error) {
    if (error instanceof OutboundError) throw error;
    const reason = deadline.aborted ? `did not answer within ${timeoutMs} ms` : 'could not be reached';
    throw new OutboundError(`${target.origin} ${reason}.`, { cause: error });
  }
}

function allowedTarget(url: string, { allowHttp, allowPrivateAddresses }: OutboundPolicy): URL {
  if (!URL.canParse(url)) throw new OutboundError('The address is no URL.');
  const target = new URL(url);
  if (target.protocol !== 'https:' && !(allowHttp && target.protocol === 'http:'))
    throw new OutboundError(`${target.origin} is not at https.`);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !allowPrivateAddresses && isPrivateAddress(host))
    throw new OutboundError(`${target.origin} is no public address.`);
  return target;
}

function send(
  target: URL,
  { method = 'GET', headers = {}, body }: OutboundRequest,
  policy: OutboundPolicy,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const bytes = body instanceof URLSearchParams ? body.toString() : body;
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request(target, {
      method,
      headers: {
        'user-agent': 'castellan',
        ...(body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
        ...(bytes === undefined || bytes === null ? {} : { 'content-length': Buffer.byteLength(bytes) }),
      },
      // A connection of its own: one of the host's that is kept open has not been checked.
      agent: false,
      lookup: policy.allowPrivateAddresses ? undefined : lookupPublic,
      signal,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.end(bytes ?? undefined);
  });
}

/** As `dns.lookup`, and refuses names that stand for an address that is not public. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    if (addresses.length === 0 || addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(new OutboundError(`${hostname} is no public address.`), '', 0);
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family ?? 0);
  });
};

async function readBounded(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop by an error ends the connection.
    if (size > maxBytes) throw new OutboundError('The answer is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headersDistinct)) {
    for (const each of value ?? []) headers.append(name, each);
  }
  return headers;
}
