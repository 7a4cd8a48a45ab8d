import type { Command, CommandOption } from './command.js';
import { COMMON_OPTIONS } from './invocation.js';

/** What there is. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(
    ({ name, operands = [], summary }) => [[name, ...operands].join(' '), summary] as const,
  );
  return [
    'Usage: castellan <command> [options]',
    '',
    ...columns(rows),
    '',
    'castellan <command> --help tells more of one. Exit codes: 0 done, 1 done and not all is well, 2 not done.',
    '',
  ].join('\n');
}

export function helpOf({ name, operands = [], summary, options = {}, notes }: Command): string {
  const rows = Object.entries<CommandOption>({ ...options, ...COMMON_OPTIONS }).map(
    ([option, { value, description }]) =>
      [`--${option}${value === undefined ? '' : ` ${value}`}`, description] as const,
  );
  return [
    `Usage: ${['castellan', name, ...operands, '[options]'].join(' ')}`,
    '',
    `${summary}.`,
    ...(notes === undefined ? [] : ['', notes]),
    '',
    ...columns(rows),
    '',
  ].join('\n');
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
