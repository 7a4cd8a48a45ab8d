import { createRequire } from 'node:module';
import type { Command } from './command.js';
import { COMMANDS } from './commands.js';
import { ExitCode } from './exit-code.js';
import { failureOf } from './failure.js';
import { helpOf, overview } from './help.js';
import { Invocation } from './invocation.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Runs one command line; never throws. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first = '--help', second] = args;
  if (first === '--version') {
    await terminal.print(versionOf());
    return ExitCode.ok;
  }
  if (first === '--help' || first === 'help') {
    await terminal.write(overview(COMMANDS));
    return ExitCode.ok;
  }
  const group = COMMANDS.filter(({ name }) => name.startsWith(`${first} `));
  const command = COMMANDS.find(({ name }) => name === first || name === `${first} ${second ?? ''}`);
  if (command) return runCommand(command, args.slice(command.name.split(' ').length), terminal);
  if (group.length > 0 && (second === undefined || second === '--help')) {
    await terminal.write(overview(group));
    return second === undefined ? ExitCode.failed : ExitCode.ok;
  }
  terminal.note(
    `castellan: there is no command ${[first, second].filter(Boolean).join(' ')}. castellan --help lists them.`,
  );
  return ExitCode.failed;
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    const call = Invocation.read(command, args, terminal);
    if (!call.has('help')) return await command.run(call);
    await terminal.write(helpOf(command));
    return ExitCode.ok;
  } catch (error) {
    const usage = error instanceof UsageError;
    terminal.note(`castellan ${command.name}: ${usage ? error.message : failureOf(error)}`);
    if (usage) terminal.note('', helpOf(command).trimEnd());
    return ExitCode.failed;
  }
}

function versionOf(): string {
  const manifest = createRequire(import.meta.url)('../../package.json') as { version: string };
  return manifest.version;
}
