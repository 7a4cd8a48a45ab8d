import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../time/fake-clock.js';
import { UuidV7Generator } from './id-generator.js';
import { isUuid } from './is-uuid.js';

describe('UuidV7Generator', () => {
  it('makes version 7 with the clock’s time', () => {
    const clock = new FakeClock('2022-02-22T19:22:22.000Z');
    const id = new UuidV7Generator(clock).next();
    // The time of the example in RFC 9562, appendix A.6.
    expect(id).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isUuid(id)).toBe(true);
  });

  it('rises strictly, past the counter’s end and when the clock is set back', () => {
    const clock = new FakeClock();
    const ids = new UuidV7Generator(clock);
    const made = Array.from({ length: 10_000 }, () => ids.next());
    clock.advance(-60_000);
    made.push(...Array.from({ length: 100 }, () => ids.next()));
    clock.advance(120_000);
    made.push(ids.next());
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(made.length);
  });
});

describe('isUuid', () => {
  it.each([
    '',
    'x',
    1,
    null,
    '017f22e279b07000800000000000000',
    '017f22e2-79b0-7000-8000-00000000000g',
    '{017f22e2-79b0-7000-8000-000000000000}',
  ])('refuses %p', (value) => expect(isUuid(value)).toBe(false));
});
