import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuthError } from '../errors/auth-error.js';
import { assertJsonShape } from './json-shape.js';

const nested = (depth: number, leaf = '1') =>
  JSON.parse('['.repeat(depth) + leaf + ']'.repeat(depth)) as unknown;

describe('assertJsonShape', () => {
  it('passes ordinary JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), (value) => {
        fc.pre(!/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)));
        assertJsonShape(value);
      }),
    );
    assertJsonShape(nested(20));
    assertJsonShape(undefined);
    assertJsonShape(Array(9_999).fill(0));
    assertJsonShape('👨‍👩‍👧');
  });

  it.each([
    ['21 levels', nested(21), 'max_depth'],
    ['5,000 levels', nested(5_000), 'max_depth'],
    ['10,001 values', Array(10_000).fill(0), 'max_nodes'],
    [
      'a wide object',
      Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`k${i}`, 0])),
      'max_nodes',
    ],
    ['NUL in a text', { a: ['b\0'] }, 'invalid_text'],
    ['NUL in a key', { 'a\0': 1 }, 'invalid_text'],
    ['half a character in a text', { a: 'x\ud800' }, 'invalid_text'],
    ['half a character in a key', { '\udc00': 1 }, 'invalid_text'],
    ['__proto__', JSON.parse('{"a":{"__proto__":{"is_super_admin":true}}}') as unknown, 'forbidden_key'],
    ['constructor', { constructor: 1 }, 'forbidden_key'],
    ['prototype', [{ prototype: 1 }], 'forbidden_key'],
    ['a text alone', '\0', 'invalid_text'],
  ])('refuses %s', (_name, value, code) => {
    let thrown: unknown;
    try {
      assertJsonShape(value);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AuthError);
    expect(thrown).toMatchObject({ code: 'core.validation_failed', status: 400, fields: [{ code }] });
  });
});
