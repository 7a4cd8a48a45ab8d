import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { FAMILIES, VARIABLES } from '../src/app/env/env.js';
import type { Variable } from '../src/app/env/variable.js';

const PAGE = 'docs/configuration.md';

/** The rows that the page has to hold, in the order of the source. */
function expectedRows(): string[] {
  const families = Object.values(FAMILIES).flatMap(({ prefix, members }) =>
    Object.entries<Variable<unknown>>(members).map(
      ([suffix, variable]) => [`${prefix}<NAME>${suffix}`, variable] as const,
    ),
  );
  return [...Object.entries<Variable<unknown>>(VARIABLES), ...families].map(
    ([name, { form, fallback, defaultText, description }]) =>
      `| \`${name}\` | ${form} | ${shownDefault(fallback, defaultText)} | ${description} |`,
  );
}

/** What is a value stands as code, what explains stands as text. */
function shownDefault(fallback: unknown, text: string): string {
  const isValue = String(fallback) === text || /^[\w./:]+$/.test(text);
  return isValue && text !== 'none' ? `\`${text}\`` : text;
}

describe('the page of configuration', () => {
  it('lists exactly the variables of src/app/env/env.ts, with their forms, defaults and meanings', () => {
    const rows = readFileSync(PAGE, 'utf8')
      .split('\n')
      .filter((line) => /^\| `[A-Z_<>]+` \|/.test(line));
    expect(rows).toEqual(expectedRows());
  });
});
