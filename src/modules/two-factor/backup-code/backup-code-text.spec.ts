import { describe, expect, it } from '@jest/globals';
import { formatBackupCode, newBackupCodes, parseBackupCode } from './backup-code-text.js';

describe('backup codes', () => {
  it('are made with selectors of their own, and read back as they are shown', () => {
    const codes = newBackupCodes(200);
    expect(new Set(codes.map(({ selector }) => selector)).size).toBe(200);
    for (const code of codes) {
      const text = formatBackupCode(code);
      expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
      expect(parseBackupCode(text)).toEqual(code);
    }
  });

  it('are read as people type them', () => {
    const code = { selector: '7K2QF', secret: 'M0XD9TRA4W18HJN' };
    for (const text of ['7k2qf-moxd9-tra4w-l8hjn', ' 7K2QFM0XD9TRA4WI8HJN ', '7K2QF M0XD9 TRA4W 18HJN'])
      expect(parseBackupCode(text)).toEqual(code);
    for (const text of ['', '7K2QF-M0XD9-TRA4W-18HJ', '7K2QF-M0XD9-TRA4W-18HJNN', '7K2QF-M0XD9-TRA4W-18HJU'])
      expect(parseBackupCode(text)).toBeNull();
  });
});
