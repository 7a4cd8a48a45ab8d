import { parseArgs } from 'node:util';
import type { Command, CommandOption } from './command.js';
import type { Configuration } from './configuration.js';
import { findConfiguration } from './find-configuration.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, CommandOption>> = {
  config: {
    value: 'FILE',
    description:
      'the configuration of an application that mounts Castellan; without it castellan.config.js of this directory, else the environment',
  },
  help: { description: 'show this' },
};

/** A command line that has been read. */
export class Invocation {
  private constructor(
    private readonly values: Readonly<Record<string, string | boolean | undefined>>,
    readonly operands: readonly string[],
    readonly terminal: Terminal,
  ) {}

  /** @throws UsageError */
  static read(command: Command, args: readonly string[], terminal: Terminal): Invocation {
    const { options = {}, operands = [] } = command;
    const known = Object.entries<CommandOption>({ ...options, ...COMMON_OPTIONS }).map(([name, option]) => [
      name,
      { type: option.value === undefined ? 'boolean' : 'string' } as const,
    ]);
    const parsed = parse(args, Object.fromEntries(known) as Parameters<typeof parse>[1]);
    const required = operands.filter((operand) => !operand.startsWith('['));
    if (!parsed.values['help'] && parsed.positionals.length < required.length)
      throw new UsageError(`${required[parsed.positionals.length] ?? ''} is missing.`);
    const surplus = parsed.positionals[operands.length];
    if (surplus !== undefined) throw new UsageError(`There is an argument too many: ${surplus}`);
    return new Invocation(parsed.values, parsed.positionals, terminal);
  }

  has(option: string): boolean {
    return this.values[option] === true;
  }

  value(option: string): string | undefined {
    const value = this.values[option];
    return typeof value === 'string' ? value : undefined;
  }

  /** One of these. @throws UsageError */
  choice<const T extends string>(option: string, choices: readonly T[]): T | undefined {
    const value = this.value(option);
    if (value === undefined) return undefined;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) throw new UsageError(`--${option} is one of ${choices.join(', ')}.`);
    return chosen;
  }

  configuration(): Promise<Configuration> {
    return findConfiguration(this.value('config'));
  }

  /** Answers in the form that was asked for. */
  answer(value: unknown, ...lines: readonly string[]): Promise<void> {
    return this.has('json') ? this.terminal.json(value) : this.terminal.print(...lines);
  }
}

function parse(
  args: readonly string[],
  options: Readonly<Record<string, { type: 'string' | 'boolean' }>>,
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
