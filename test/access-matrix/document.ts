import type { Operation } from '../support/openapi.js';
import { ACTORS, DESCRIPTIONS, LETTERS, readCells } from './actors.js';
import type { Row } from './row.js';
import { ROWS } from './rows/index.js';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** `docs/access-matrix.md` */
export function renderMatrix(operations: ReadonlyMap<string, Operation>, basePath: string): string {
  return [
    '# Access matrix',
    '',
    'Who may send which request. Written from the rows of `test/access-matrix/rows` by `npm run docs:access-matrix`; each cell is tested in both modes (`test/access-matrix-*.e2e-spec.ts`), by a request that is',
    'valid whoever sends it. Who is refused leaves the database as it was, and a 404 tells nothing that an id of nobody would not. An operation of the OpenAPI document without a row fails the tests.',
    '',
    ...Object.entries(LETTERS).map(([letter, meaning]) => `- \`${letter}\` ${meaning}`),
    '',
    '| column | who |',
    '|---|---|',
    ...ACTORS.map((actor) => line([...DESCRIPTIONS[actor]])),
    '',
    ...Object.entries(ROWS).flatMap(([title, rows]) => [...section(title, rows, operations, basePath), '']),
  ].join('\n');
}

function section(
  title: string,
  rows: readonly Row[],
  operations: ReadonlyMap<string, Operation>,
  basePath: string,
): string[] {
  const columns = ACTORS.map((actor) => DESCRIPTIONS[actor][0]);
  return [
    `## ${title}`,
    '',
    line(['operation', 'request', ...columns]),
    `|---|---|${ACTORS.map(() => ':-:|').join('')}`,
    ...rows.map((row) => {
      const { method, path } = operationOfRow(row, operations);
      const route = path.startsWith(`${basePath}/`) ? path.slice(basePath.length + 1) : path;
      const cells = readCells(row.cells);
      const variant = row.variant === undefined ? '' : `, ${row.variant}`;
      const name = row.operation.replace('*_', '');
      return line([
        `\`${name}\`${variant}`,
        `\`${method} ${route}\``,
        ...ACTORS.map((actor) => cells[actor]),
      ]);
    }),
  ];
}

function operationOfRow({ operation }: Row, operations: ReadonlyMap<string, Operation>): Operation {
  const found = operations.get(operation);
  if (!found) throw new Error(`No operation is called ${operation}.`);
  return found;
}
