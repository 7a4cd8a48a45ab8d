import { createInterface } from 'node:readline';
import { CommandError } from './command-error.js';
import type { Terminal } from './terminal.js';

/** A password: asked for twice without an echo at a terminal, else the first line of stdin. @throws CommandError */
export async function readPassword({ input, errors }: Terminal): Promise<string> {
  if (!input.isTTY) return firstLine(input);
  const ask = async (prompt: string): Promise<string> => {
    errors.write(prompt);
    const answer = await typed(input);
    errors.write('\n');
    return answer;
  };
  const password = await ask('Password: ');
  if (password !== (await ask('Again: '))) throw new CommandError('The passwords differ.');
  return password;
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
const BACKSPACE = ['\u007f', '\b'];

/** Without `readline`, which would show what is typed. */
function typed(input: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const characters: string[] = [];
    const end = (settle: () => void): void => {
      input.off('data', take).setRawMode(false).pause();
      settle();
    };
    const take = (chunk: string): void => {
      for (const character of chunk) {
        if (ENTER.includes(character)) return end(() => resolve(characters.join('')));
        if (character === '\u0003') return end(() => reject(new CommandError('Given up.')));
        if (BACKSPACE.includes(character)) characters.pop();
        else characters.push(character);
      }
    };
    input.setEncoding('utf8').setRawMode(true).on('data', take).resume();
  });
}
