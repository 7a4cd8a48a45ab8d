import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictObject } from './strict-json.js';

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
