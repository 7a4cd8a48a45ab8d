import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressBucket, clientAddress, normalizeAddress, TrustedProxies } from './client-address.js';
import { clientInfo } from './client-info.js';

const proxies = new TrustedProxies(['10.0.0.0/8', '2001:db8:ffff::/48', ' 192.0.2.7 ']);
const from = (remoteAddress: string | undefined, forwarded?: string | string[], trusted = proxies) =>
  clientAddress({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }, trusted);

describe('clientAddress', () => {
  it('believes no header of an untrusted peer', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()),
        (spoofed) => from('203.0.113.9', spoofed) === '203.0.113.9',
      ),
    );
    expect(from('10.0.0.1', '198.51.100.1', TrustedProxies.NONE)).toBe('10.0.0.1');
  });

  it('lets nothing to the left of the rightmost untrusted hop count', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (spoofed) => from('10.0.0.1', `${spoofed}, 198.51.100.4, 10.0.0.2`) === '198.51.100.4',
      ),
    );
  });

  it.each([
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.4', '198.51.100.4'],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['10.0.0.1', 'unknown, 10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', '198.51.100.4, nonsense', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.4,', '10.0.0.1'],
    ['192.0.2.7', '198.51.100.4:4711', '198.51.100.4'],
    ['192.0.2.7', '[2001:db8::1]:4711', '2001:db8::1'],
    ['::ffff:10.0.0.1', '::ffff:c633:6404', '198.51.100.4'],
    ['2001:db8:ffff::1', '2001:DB8:0:0::1', '2001:db8::1'],
    ['fe80::1%eth0', '198.51.100.4', 'fe80::1'],
    ['', '198.51.100.4', null],
    [undefined, '198.51.100.4', null],
  ])('from %p with %p is %p', (peer, forwarded, expected) => expect(from(peer, forwarded)).toBe(expected));

  it('joins repeated headers', () => {
    expect(from('10.0.0.1', ['198.51.100.4', '198.51.100.5, 10.0.0.2'])).toBe('198.51.100.5');
  });
});

describe('TrustedProxies', () => {
  it.each([
    '',
    'nonsense',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '::/129',
    '10.0.0.1.5',
    '::ffff:10.0.0.0/8',
  ])('refuses %p', (entry) => expect(() => new TrustedProxies([entry])).toThrow(TypeError));

  it('reads mapped ranges as IPv4, and a prefix of 0', () => {
    expect(new TrustedProxies(['::ffff:10.0.0.0/104']).trusts('10.9.9.9')).toBe(true);
    const all = new TrustedProxies(['0.0.0.0/0']);
    expect([all.trusts('1.2.3.4'), all.trusts('2001:db8::1')]).toEqual([true, false]);
  });
});

describe('addressBucket', () => {
  it('puts an IPv6 /64 together and IPv4 apart', () => {
    expect(addressBucket('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressBucket('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(addressBucket('::1')).toBe('0:0:0:0::/64');
    expect(addressBucket('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect([addressBucket(null), addressBucket('x')]).toEqual(['unknown', 'unknown']);
    fc.assert(fc.property(fc.ipV6(), (ip) => addressBucket(ip) === addressBucket(normalizeAddress(ip))));
  });
});

describe('clientInfo', () => {
  it('cleans and cuts the user agent, and keeps one id a request', () => {
    const agent = `a\r\n{"level":"info"}\u2028\u0085${'x'.repeat(600)}`;
    const request = {
      headers: { 'user-agent': agent },
      method: 'GET',
      url: '/',
      socket: { remoteAddress: '192.0.2.1' },
    };
    const info = clientInfo(request, TrustedProxies.NONE);
    expect(info.userAgent).toMatch(/^a\{"level":"info"\}x+$/);
    expect(info.userAgent?.length).toBeLessThanOrEqual(512);
    expect(clientInfo({ ...request, raw: request }, TrustedProxies.NONE).requestId).toBe(info.requestId);
    expect(clientInfo({ ...request, headers: {} }, TrustedProxies.NONE).userAgent).toBeNull();
  });
});
