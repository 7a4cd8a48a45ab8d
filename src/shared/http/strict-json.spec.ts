import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasDuplicateNames, parseStrictObject } from './strict-json.js';

describe(parseStrictObject.name, () => {
  it.each([
    '{"a":1,"a":1}',
    `{"a"${' '.repeat(100)}:1,"a":2}`,
    '{"a":1,"\\u0061":2}',
    '{"x":[{"a":1,"b":{"a":1,"a":2}}]}',
    '{"a":"}","a":2}',
    '{"__proto__":1,"__proto__":2}',
  ])('refuses a name that is given twice: %s', (text) => expect(parseStrictObject(text)).toBeUndefined());

  it.each(['[]', 'null', '1', '"{}"', '', '{', '{"a":1}x'])('refuses %s', (text) =>
    expect(parseStrictObject(text)).toBeUndefined(),
  );

  it('reads every other object as JSON.parse does', () => {
    expect(parseStrictObject('{"a":"a","b":["a","a"],"c":{"a":":"}}')).toEqual({
      a: 'a',
      b: ['a', 'a'],
      c: { a: ':' },
    });
    const objects = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(objects, (value) => {
        const text = JSON.stringify(value, null, 2);
        expect(parseStrictObject(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe(hasDuplicateNames.name, () => {
  it.each([`{"a":"${'x'.repeat(90_000)}","\\u0061":1}`, `[{"a":[{"b":1, "b" :1}]}]`])(
    'finds the name that is given twice',
    (text) => expect(hasDuplicateNames(text)).toBe(true),
  );

  it.each(['"a"', '[]', '["a","a"]', '{"a":[{"a":1},{"a":1}]}'])('finds none in %s', (text) =>
    expect(hasDuplicateNames(text)).toBe(false),
  );

  it('reads a large body in no time', () => {
    const members = Array.from({ length: 20_000 }, (_, at) => `"${at}" : 1`);
    const start = performance.now();
    expect(hasDuplicateNames(`{${members.join(',')}}`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
