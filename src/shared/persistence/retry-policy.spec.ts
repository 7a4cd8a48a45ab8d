import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { backoffMs, mayRepeat } from './retry-policy.js';

const failure = (code: string) => Object.assign(new Error('refused'), { code });

describe(mayRepeat.name, () => {
  it.each(['40001', '40P01'])(
    'repeats %s, whose transaction the server has rolled back, at any time',
    (code) => {
      expect(mayRepeat(failure(code), false)).toBe(true);
      expect(mayRepeat(failure(code), true)).toBe(true);
    },
  );

  it.each(['08000', '08003', '08006', '08P01', '57P01'])(
    'repeats after a lost connection (%s) only what was not sent for commit',
    (code) => {
      expect(mayRepeat(failure(code), false)).toBe(true);
      expect(mayRepeat(failure(code), true)).toBe(false);
    },
  );

  it.each([
    '23505',
    '23503',
    '25P02',
    '40002',
    '40003',
    '55P03',
    '57014',
    '57P02',
    '57P03',
    '53300',
    '22021',
    '42P01',
    'ECONNRESET',
  ])('does not repeat %s', (code) => {
    expect(mayRepeat(failure(code), false)).toBe(false);
    expect(mayRepeat(failure(code), true)).toBe(false);
  });

  it('looks beneath what TypeORM wraps around', () => {
    const wrapped = (code: string) => new QueryFailedError('SELECT 1', [], failure(code));
    expect(mayRepeat(wrapped('40001'), true)).toBe(true);
    expect(mayRepeat(wrapped('23505'), false)).toBe(false);
  });

  it.each([new Error('no code'), 'text', null, undefined, 40001, { code: 40001 }, { driverError: null }])(
    'does not repeat after %p',
    (error) => expect(mayRepeat(error, false)).toBe(false),
  );
});

describe(backoffMs.name, () => {
  it.each([1, 2, 3])('stays below a bound that doubles (repeat %i)', (attempt) => {
    const waits = Array.from({ length: 500 }, () => backoffMs(attempt));
    const bound = 25 * 2 ** attempt;
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...waits)).toBeLessThan(bound);
    // Spread over all of it, so that those who met do not meet again.
    expect(Math.max(...waits)).toBeGreaterThan(bound / 2);
    expect(Math.min(...waits)).toBeLessThan(bound / 2);
  });
});
