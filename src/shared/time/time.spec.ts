import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SystemClock } from './clock.js';
import { formatDuration, parseDuration } from './duration.js';
import { FakeClock } from './fake-clock.js';

describe('parseDuration', () => {
  it.each([
    ['250ms', 250],
    ['10s', 10_000],
    ['15m', 900_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['0s', 0],
  ])('reads %s', (text, expected) => expect(parseDuration(text)).toBe(expected));

  it.each(['', '900000', '15', '1.5h', '-1s', '15 m', '15M', '1h30m', 'm', '15m\n', '999999999999999w'])(
    'refuses %p',
    (text) => expect(() => parseDuration(text)).toThrow(RangeError),
  );

  it('reads what formatDuration writes', () => {
    fc.assert(fc.property(fc.nat(), (ms) => parseDuration(formatDuration(ms)) === ms));
    expect([900_000, 604_800_000, 1_500].map(formatDuration)).toEqual(['15m', '7d', '1500ms']);
    expect(() => formatDuration(1.5)).toThrow(RangeError);
  });
});

describe('Clock', () => {
  it('stands still until it is moved', () => {
    const clock = new FakeClock();
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
    clock.advance('1d');
    clock.advance(1);
    expect(clock.now().toISOString()).toBe('2026-01-02T00:00:00.001Z');
    clock.set('2020-01-01T00:00:00Z');
    expect(clock.now().getFullYear()).toBe(2020);
    clock.now().setFullYear(1999);
    expect(clock.now().getFullYear()).toBe(2020);
    expect(() => clock.set('nonsense')).toThrow(RangeError);
  });

  it('is the machine’s otherwise', () => {
    expect(Math.abs(new SystemClock().now().getTime() - Date.now())).toBeLessThan(1_000);
  });
});
