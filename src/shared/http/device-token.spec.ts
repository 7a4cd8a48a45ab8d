import { describe, expect, it } from '@jest/globals';
import { randomToken, sha256 } from '../crypto/random.js';
import { DEVICE_COOKIE, deviceHashOf } from './device-token.js';

const request = (headers: Record<string, string>) => ({ headers, method: 'POST', url: '/' });

describe(deviceHashOf, () => {
  it('reads the header before the cookie, and gives no more than a hash', () => {
    const [one, other] = [randomToken(), randomToken()];
    const cookie = `theme=dark; ${DEVICE_COOKIE}=${one}`;
    expect(deviceHashOf(request({ cookie }))).toBe(sha256(one));
    expect(deviceHashOf(request({ cookie, 'castellan-device': other }))).toBe(sha256(other));
  });

  it('takes nothing else for a token', () => {
    for (const token of ['', 'x', `${randomToken()}=`, randomToken(40), `${randomToken()}, ${randomToken()}`])
      expect(deviceHashOf(request({ 'castellan-device': token }))).toBeUndefined();
    expect(deviceHashOf(request({}))).toBeUndefined();
  });
});
