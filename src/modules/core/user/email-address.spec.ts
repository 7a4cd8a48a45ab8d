import { describe, expect, it } from '@jest/globals';
import { parseEmailAddress, readEmailAddress } from './email-address.js';

describe('parseEmailAddress', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada.Lovelace@EXAMPLE.com\n', 'Ada.Lovelace@example.com'],
    ["o'brien+tag@sub.example.co.uk", "o'brien+tag@sub.example.co.uk"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@XN--BCHER-KVA.example', 'ada@xn--bcher-kva.example'],
    ['j\u006f\u0308rg@example.com', 'j\u00f6rg@example.com'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('keeps %j as %j', (text, kept) => {
    expect(parseEmailAddress(text)).toBe(kept);
  });

  it.each([
    ['nothing', ''],
    ['no @', 'ada.example.com'],
    ['two @', 'ada@evil.example@example.com'],
    ['a full-width @', 'ada\uFF20example.com'],
    ['both kinds of @', 'ada\uFF20evil.example@example.com'],
    ['a small @', 'ada\uFE6Bevil.example@example.com'],
    ['a Kelvin sign in the local part', '\u212Aelvin@example.com'],
    ['a Kelvin sign in the domain', 'ada@\u212Aelvin.example'],
    ['full-width letters', 'ada@\uFF45xample.com'],
    ['a long s', 'u\u017Fer@example.com'],
    ['a ligature', '\uFB01@example.com'],
    ['an invisible character', 'a\u200Bda@example.com'],
    ['a soft hyphen in the domain', 'ada@exam\u00ADple.com'],
    ['a bidirectional control', 'ada\u202E@example.com'],
    ['a space within', 'a da@example.com'],
    ['a line break', 'ada@example.com\nbcc: eve@example.com'],
    ['a comma', 'ada,eve@example.com'],
    ['angle brackets', 'Ada <ada@example.com>'],
    ['a quoted local part', '"a@b"@example.com'],
    ['a dot first', '.ada@example.com'],
    ['two dots', 'a..da@example.com'],
    ['no top-level domain', 'ada@localhost'],
    ['an address literal', 'ada@[127.0.0.1]'],
    ['an IPv4 address', 'ada@127.0.0.1'],
    ['an IPv4 address in hexadecimal', 'ada@0x7f.1'],
    ['a trailing dot', 'ada@example.com.'],
    ['a path', 'ada@example.com/x'],
    ['a percent sign', 'ada@ex%61mple.com'],
    ['an underscore', 'ada@exa_mple.com'],
    ['a hyphen at the edge of a label', 'ada@-example.com'],
    ['a label that is too long', `ada@${'a'.repeat(64)}.com`],
    ['a local part of 65 octets', `${'a'.repeat(65)}@example.com`],
    ['a local part of 66 octets in 33 characters', `${'ö'.repeat(33)}@example.com`],
    ['255 octets', `${'a'.repeat(60)}@${`${'b'.repeat(48)}.`.repeat(4)}example`.slice(0, 250) + 'z.com'],
    ['NUL', 'ada\0@example.com'],
    ['a lone surrogate', 'ada\ud800@example.com'],
    ['endless marks', `${'\u0301'.repeat(100_000)}@example.com`],
  ])('refuses %s', (_reason, text) => {
    expect(readEmailAddress(text)).toBeNull();
    expect(() => parseEmailAddress(text)).toThrow(
      expect.objectContaining({
        code: 'core.invalid_email',
        status: 400,
        fields: [expect.objectContaining({ field: 'email' })],
      }),
    );
  });
});
