import { isIP } from 'node:net';
import { isRedirectPrefix } from '../../shared/http/redirect-target.js';

export function assertRedirectPrefix(item: string): void {
  if (!isRedirectPrefix(item))
    throw new Error('must be a comma list of absolute URLs such as https://app.example.com/after');
}

/** Of an `APP_URL`, which paths are appended to. */
export function assertBase({ search, hash }: URL): void {
  if (search || hash) throw new Error('must be a URL without query and fragment');
}

/** An address, or a CIDR range. */
export function assertNetwork(item: string): void {
  const [address = '', bits, ...rest] = item.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  if (most < 0 || !fits || rest.length > 0)
    throw new Error('must be a comma list of addresses or CIDR ranges such as 10.0.0.0/8');
}

export function assertOrigin(item: string): void {
  if (!URL.canParse(item) || new URL(item).origin !== item)
    throw new Error('must be a comma list of origins such as https://app.example.com');
}
