import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { readPassword } from '../src/cli/password-prompt.js';
import { Terminal } from '../src/cli/terminal.js';

/** A terminal at which somebody types. */
function typing(...chunks: string[]): { terminal: Terminal; shown: () => string; raw: boolean[] } {
  const raw: boolean[] = [];
  const errors = new PassThrough();
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => raw.push(mode),
  });
  for (const chunk of chunks) input.write(chunk);
  const terminal = new Terminal(new PassThrough(), errors, input as unknown as NodeJS.ReadStream);
  return { terminal, shown: () => String(errors.read()), raw };
}

describe(readPassword.name, () => {
  it.each([
    [['a gatehouse\r', 'a gatehouse\r']],
    [['a gatehouse\ra gate', 'house\n']],
    [['a gatex\u007fhouse\r', 'a gatehouse\u0004']],
  ])('takes what is typed twice, however it comes, and shows none of it: %j', async (chunks) => {
    const { terminal, shown, raw } = typing(...chunks);
    expect(await readPassword(terminal)).toBe('a gatehouse');
    expect(shown()).toBe('Password: \nAgain: \n');
    expect(raw).toEqual([true, false]);
  });

  it('gives up where the two differ, and where it is told to', async () => {
    for (const chunks of [['one\rother\r'], ['one\u0003']]) {
      const { terminal, raw } = typing(...chunks);
      await expect(readPassword(terminal)).rejects.toThrow(/^(The passwords differ|Given up)\.$/);
      expect(raw).toEqual([true, false]);
    }
  });
});
