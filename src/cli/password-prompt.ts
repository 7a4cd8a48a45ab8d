import { createInterface } from 'node:readline';
import { CommandError } from './command-error.js';
import type { Terminal } from './terminal.js';

/** A password: asked for twice without an echo at a terminal, else the first line of stdin. @throws CommandError */
export async function readPassword({ input, errors }: Terminal): Promise<string> {
  if (!input.isTTY) return firstLine(input);
  const keys = charactersOf(input.setEncoding('utf8'));
  // Before the prompt and over both: whoever types fast is not shown either.
  input.setRawMode(true);
  try {
    errors.write('Password: ');
    const password = await typed(keys);
    errors.write('\nAgain: ');
    const again = await typed(keys);
    errors.write('\n');
    if (password === again) return password;
    throw new CommandError('The passwords differ.');
  } finally {
    input.setRawMode(false);
    await keys.return(undefined);
  }
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  throw new CommandError('There is no password on stdin; --generate makes one.');
}

const ENTER = ['\r', '\n', '\u0004'];
const INTERRUPT = '\u0003';
const BACKSPACE = ['\u007f', '\b'];

/** Without `readline`, which would show what is typed. */
async function* charactersOf(input: AsyncIterable<string | Buffer>): AsyncGenerator<string, undefined> {
  for await (const chunk of input) yield* String(chunk);
}

async function typed(keys: AsyncGenerator<string, undefined>): Promise<string> {
  const characters: string[] = [];
  for (;;) {
    const { value: key = INTERRUPT } = await keys.next();
    if (ENTER.includes(key)) return characters.join('');
    if (key === INTERRUPT) throw new CommandError('Given up.');
    if (BACKSPACE.includes(key)) characters.pop();
    else characters.push(key);
  }
}
