import { sha256 } from '../crypto/random.js';
import { parseCookies } from './cookies.js';
import { headerOf, type HttpRequest } from './request.js';

/** Where a browser, and any other client, keeps the token of a device that its user trusts. Browsers take the cookie on http://localhost as well. */
export const DEVICE_COOKIE = '__Host-castellan_device';
export const DEVICE_HEADER = 'castellan-device';

/** base64url of 32 bytes. */
const DEVICE_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** SHA-256 of the device token that a request carries, the header's before the cookie's; `undefined` where there is none. */
export function deviceHashOf(request: HttpRequest): string | undefined {
  const token =
    headerOf(request, DEVICE_HEADER) ?? parseCookies(headerOf(request, 'cookie')).get(DEVICE_COOKIE);
  return token !== undefined && DEVICE_TOKEN.test(token) ? sha256(token) : undefined;
}
