import type { ExitCode } from './exit-code.js';
import type { Invocation } from './invocation.js';

export interface CommandOption {
  /** What stands for its value in the help; without one it is a switch. */
  readonly value?: string;
  readonly description: string;
}

/** One command: what its help says and its parser takes, and what it does. */
export interface Command {
  /** `migrate up` */
  readonly name: string;
  readonly summary: string;
  /** As the help shows them; one in brackets may be left out. */
  readonly operands?: readonly string[];
  readonly options?: Readonly<Record<string, CommandOption>>;
  /** What there is to know beside. */
  readonly notes?: string;
  run(call: Invocation): Promise<ExitCode>;
}

export const JSON_OPTION: CommandOption = { description: 'answer with one JSON document' };
