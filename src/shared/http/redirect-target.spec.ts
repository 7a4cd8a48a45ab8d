import { describe, expect, it } from '@jest/globals';
import { assertRedirectTarget, isRedirectPrefix, redirectWith } from './redirect-target.js';

const ALLOWED = [
  'https://app.example.com/after',
  'https://other.example.com',
  'http://localhost:5173/',
  'com.example.app:/done',
  'exampleapp://callback',
];

function allowed(target: string, allowlist: readonly string[] = ALLOWED): string | null {
  try {
    return assertRedirectTarget(target, allowlist).href;
  } catch (error) {
    expect(error).toMatchObject({ code: 'core.redirect_not_allowed', status: 400 });
    return null;
  }
}

describe('assertRedirectTarget', () => {
  it.each([
    ['https://app.example.com/after', 'https://app.example.com/after'],
    ['https://app.example.com/after/login?state=1#part', 'https://app.example.com/after/login?state=1#part'],
    ['https://APP.example.com:443/after/./x', 'https://app.example.com/after/x'],
    ['https://other.example.com', 'https://other.example.com/'],
    ['https://other.example.com/any/where', 'https://other.example.com/any/where'],
    ['http://localhost:5173/x', 'http://localhost:5173/x'],
    ['com.example.app:/done?x=1', 'com.example.app:/done?x=1'],
    ['exampleapp://callback/x', 'exampleapp://callback/x'],
  ])('lets %s pass', (target, href) => {
    expect(allowed(target)).toBe(href);
  });

  it.each([
    'https://app.example.com/',
    'https://app.example.com/afterwards',
    'https://app.example.com/after/../admin',
    'https://app.example.com/after/%2e%2e/admin',
    'https://app.example.com/after/..%2fadmin',
    'https://app.example.com/after%5c..%5cadmin',
    'https://app.example.com.evil.example/after',
    'https://app.example.com@evil.example/after',
    'https://user:password@app.example.com/after',
    'https://evil.example/https://app.example.com/after',
    'https://evil.example#@app.example.com/after',
    'https://evil.example?https://app.example.com/after',
    'http://app.example.com/after',
    'https://app.example.com:8443/after',
    'http://localhost:5174/',
    'http://localhost/',
    '/after',
    '//app.example.com/after',
    'https:app.example.com/after',
    'https:/app.example.com/after',
    'https:///app.example.com/after',
    'https:\\\\app.example.com\\after',
    'https://app.example.com\\@evil.example/after',
    ' https://app.example.com/after',
    'https://app.example.com/after\n',
    'https://app.exam\tple.com/after',
    'com.example.app:done',
    'com.example.app2:/done',
    'exampleapp://callback2',
    'javascript://app.example.com/after%0aalert(1)',
    'data:text/html,x',
    '',
    `https://app.example.com/after/${'x'.repeat(2048)}`,
  ])('refuses %j', (target) => {
    expect(allowed(target)).toBeNull();
  });

  it('allows nothing by an empty list, nor by an entry that is no address', () => {
    expect(allowed('https://app.example.com/', [])).toBeNull();
    expect(allowed('javascript://x/', ['javascript://x/'])).toBeNull();
    expect(allowed('https://app.example.com/', ['*', 'app.example.com', '/', ''])).toBeNull();
  });
});

describe('isRedirectPrefix', () => {
  it('knows what can stand in a list', () => {
    expect(ALLOWED.every(isRedirectPrefix)).toBe(true);
    for (const entry of ['*', '/after', 'app.example.com', 'https://a.example/?x', 'https://a.example/#x'])
      expect([entry, isRedirectPrefix(entry)]).toEqual([entry, false]);
  });
});

describe('redirectWith', () => {
  it('adds to the query, keeps the fragment, and leaves no second parameter of the name', () => {
    const target = new URL('https://app.example.com/after?state=1&code=forged&code=twice#/route');
    expect(redirectWith(target, { code: 'a b' })).toBe(
      'https://app.example.com/after?state=1&code=a+b#/route',
    );
    expect(redirectWith(new URL('com.example.app:/done'), { code: 'x' })).toBe(
      'com.example.app:/done?code=x',
    );
  });
});
