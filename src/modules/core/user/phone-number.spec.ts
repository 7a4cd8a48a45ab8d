import { describe, expect, it } from '@jest/globals';
import { parsePhoneNumber } from './phone-number.js';

describe('parsePhoneNumber', () => {
  it.each([
    ['+41446681800', '+41446681800'],
    [' +41 44 668 18 00 ', '+41446681800'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['+49 151/1234-5678', '+4915112345678'],
    ['+15555550100', '+15555550100'],
  ])('reads %j as %s', (text, number) => {
    expect(parsePhoneNumber(text)).toBe(number);
  });

  it.each([
    '',
    '044 668 18 00',
    '0041446681800',
    '+1555',
    '+999123456789',
    'call +41446681800',
    '+41446681800 ext. 5',
    '+41446681800;5',
    '+٤١٤٤٦٦٨١٨٠٠',
    `+${'4'.repeat(40)}`,
  ])('refuses %j', (text) => {
    expect(() => parsePhoneNumber(text)).toThrow(
      expect.objectContaining({ code: 'core.invalid_phone_number', status: 400 }),
    );
  });
});
