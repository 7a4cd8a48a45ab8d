import { BlockList, isIP } from 'node:net';

/** Addresses that are not of the public internet (IANA special-purpose registries, RFC 6890): what a request of ours must not be talked into reaching. */
const SPECIAL = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  SPECIAL.addSubnet(network, prefix, 'ipv4');

/** Of IPv6 only 2000::/3 is given out, and parts of it stand for something else: IPv4 addresses, or examples. */
const GLOBAL_V6 = new BlockList();
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6');
const SPECIAL_V6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  SPECIAL_V6.addSubnet(network, prefix, 'ipv6');

/** Whether the address may not be reached from here as a public one. What is no address is not public either. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  // An IPv4 address in IPv6's clothes (::ffff:10.0.0.1) lies outside of 2000::/3.
  if (family === 6) return !GLOBAL_V6.check(address, 'ipv6') || SPECIAL_V6.check(address, 'ipv6');
  return family === 0 || SPECIAL.check(address, 'ipv4');
}
