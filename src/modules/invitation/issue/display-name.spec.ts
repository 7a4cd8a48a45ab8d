import { describe, expect, it } from '@jest/globals';
import { displayName } from './display-name.js';

describe('a name in a message', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  Ada \n\t Lovelace\u0000 ', 'Ada Lovelace'],
    ['J. R. Hartley', 'J. R. Hartley'],
    ['Åse Ødegård', 'Åse Ødegård'],
  ])('shows %j', (name, shown) => {
    expect(displayName(name)).toBe(shown);
  });

  it.each([
    null,
    undefined,
    '',
    ' \u200b ',
    'Win at https://evil.example',
    'www.evil',
    'evil.example/prize',
    'mail me@evil',
  ])('does not show %j', (name) => {
    expect(displayName(name)).toBeNull();
  });

  it('is cut', () => {
    expect(displayName('x'.repeat(65))).toBe(`${'x'.repeat(63)}…`);
    expect(displayName('x'.repeat(64))).toBe('x'.repeat(64));
  });
});
