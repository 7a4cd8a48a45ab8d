import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { headerOf, type HttpRequest } from './request.js';

/** The reverse proxies whose `X-Forwarded-For` is believed: addresses and CIDR ranges of both families. */
export class TrustedProxies {
  static readonly NONE = new TrustedProxies([]);

  private readonly list = new BlockList();
  private readonly any: boolean;

  /** Throws a TypeError for an entry that is neither an address nor a range. */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.add(entry.trim());
    this.any = entries.length > 0;
  }

  /** Expects a normalised address. */
  trusts(address: string): boolean {
    // The list makes an object of every address that it is asked about.
    return this.any && this.list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  }

  private add(entry: string): void {
    const [network = '', prefix, ...rest] = entry.split('/');
    const address = normalizeAddress(network);
    const family = address !== null && isIPv4(address) ? 'ipv4' : 'ipv6';
    // ::ffff:10.0.0.0/104 is 10.0.0.0/8.
    const shift = family === 'ipv4' && !isIPv4(network) ? 96 : 0;
    const bits = family === 'ipv4' ? 32 : 128;
    const length =
      prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) - shift : Number.NaN;
    if (address === null || rest.length > 0 || !(length >= 0 && length <= bits)) {
      throw new TypeError(`a trusted proxy is an address or a CIDR range, not "${entry}"`);
    }
    this.list.addSubnet(address, length, family);
  }
}

/**
 * The address of the client, the one function for rate limits, audit and sessions alike: that of the socket or, where a trusted
 * proxy is at the other end of it, the rightmost hop of `X-Forwarded-For` that is not trusted. A hop that is no address ends the
 * walk, since whoever wrote it may have written all to its left. Null where there is no socket address (a Unix socket).
 */
export function clientAddress(
  request: Pick<HttpRequest, 'headers' | 'socket'>,
  trustedProxies: TrustedProxies,
): string | null {
  let address = normalizeAddress(request.socket?.remoteAddress ?? '');
  if (address === null || !trustedProxies.trusts(address)) return address;
  const hops = (headerOf(request, 'x-forwarded-for') ?? '').split(',');
  while (hops.length > 0) {
    const hop = normalizeAddress(withoutPort(hops.pop()?.trim() ?? ''));
    if (hop === null) return address;
    address = hop;
    if (!trustedProxies.trusts(hop)) return hop;
  }
  return address;
}

/** What a limit by address counts under: an IPv4 address itself, of IPv6 the /64 that one customer holds. */
export function addressBucket(address: string | null): string {
  const normalized = normalizeAddress(address ?? '');
  if (normalized === null) return 'unknown';
  if (isIPv4(normalized)) return normalized;
  return `${expand(normalized).slice(0, 4).join(':')}::/64`;
}

/** One spelling an address: IPv6 compressed and in lower case (RFC 5952), an IPv4-mapped one as IPv4, no zone. Null if it is none. */
export function normalizeAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  const address = text.replace(/%.*$/s, '');
  if (!isIPv6(address)) return null;
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  return mappedAddress(canonical) ?? canonical;
}

function mappedAddress(canonical: string): string | null {
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!match) return null;
  const value = match.slice(1).map((group) => Number.parseInt(group, 16));
  return value.flatMap((group) => [group >> 8, group & 0xff]).join('.');
}

/** Some proxies write `192.0.2.1:4711` and `[2001:db8::1]:4711`. */
function withoutPort(hop: string): string {
  const match = /^(?:\[([^\]]*)\]|(\d+\.\d+\.\d+\.\d+))(?::\d{1,5})?$/.exec(hop);
  return match?.[1] ?? match?.[2] ?? hop;
}

/** The eight groups of a canonical IPv6 address. */
function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  if (tail === undefined) return left;
  const right = tail === '' ? [] : tail.split(':');
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}
