import { describe, expect, it } from '@jest/globals';
import { COMMON_PASSWORDS } from './common-passwords.data.js';

describe('the list of common passwords', () => {
  it('has ten thousand entries that the policy would otherwise let pass', () => {
    const entries = COMMON_PASSWORDS.split(' ');
    expect(entries.length).toBeGreaterThanOrEqual(10_000);
    expect(new Set(entries).size).toBe(entries.length);
    expect(entries.filter((entry) => entry.length < 8 || entry !== entry.toLowerCase())).toEqual([]);
  });
});
