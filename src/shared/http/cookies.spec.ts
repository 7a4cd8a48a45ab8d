import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseCookies, serializeCookie } from './cookies.js';

describe('serializeCookie', () => {
  it('is safe unless told otherwise', () => {
    expect(serializeCookie({ name: '__Host-refresh', value: 'a b;' })).toBe(
      '__Host-refresh=a%20b%3B; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
    expect(
      serializeCookie({
        name: 'a',
        value: '',
        maxAgeSeconds: 0,
        path: '/auth',
        domain: 'example.com',
        httpOnly: false,
        secure: false,
        sameSite: 'Strict',
      }),
    ).toBe('a=; Path=/auth; Domain=example.com; Max-Age=0; SameSite=Strict');
  });

  it.each([
    { name: 'a b', value: '' },
    { name: '', value: '' },
    { name: 'a', value: '', path: '/; Domain=evil' },
    { name: 'a', value: '', domain: 'a; b' },
    { name: 'a', value: '', secure: false, sameSite: 'None' as const },
    { name: '__Host-a', value: '', path: '/auth' },
    { name: '__Host-a', value: '', domain: 'example.com' },
    { name: '__host-a', value: '', secure: false },
    { name: '__Secure-a', value: '', secure: false },
  ])('refuses %p', (cookie) => expect(() => serializeCookie(cookie)).toThrow(TypeError));
});

describe('parseCookies', () => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const [pair = ''] = serializeCookie({ name: 'a', value }).split('; ');
        expect(parseCookies(`x=1; ${pair}; y=2`).get('a')).toBe(value);
      }),
    );
  });

  it('never throws, and the first of two counts', () => {
    expect(parseCookies('a=1; a=2; =x; b; c="q"; d=%; __proto__=p')).toEqual(
      new Map([
        ['a', '1'],
        ['c', 'q'],
        ['__proto__', 'p'],
      ]),
    );
    expect(parseCookies(undefined).size).toBe(0);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseCookies(text).size >= 0));
  });
});
