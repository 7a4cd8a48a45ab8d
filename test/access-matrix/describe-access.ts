import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { HostileProvider } from '../support/hostile-provider.js';
import { describeMatrix } from '../support/matrix.js';
import { CLIENT_PAGE, environmentOf } from '../support/oauth-world.js';
import { type Operation, operationsOf } from '../support/openapi.js';
import type { Cell, TestApp } from '../support/test-app.js';
import { readCells } from './actors.js';
import { APPLE } from './apple.js';
import { renderMatrix } from './document.js';
import { Matrix } from './matrix.js';
import type { Row } from './row.js';
import { ROWS } from './rows/index.js';
import { SecondFactorDemand } from './second-factor-demand.js';

const PAGE = 'docs/access-matrix.md';

/** Castellan’s operations by their ids; of the mode’s own, `*_` stands for the mode. */
function operationsById({ openApi }: TestApp, { mode }: Cell): ReadonlyMap<string, Operation> {
  const ours = operationsOf(openApi).filter(({ path }) => !/^\/(host|mail)\b/.test(path));
  return new Map(
    ours.map((operation) => [
      (operation.operationId ?? '').replace(new RegExp(`^${mode}_`), '*_'),
      operation,
    ]),
  );
}

/** Every cell of the matrix, on applications of these kinds. */
export function describeAccess(cells: readonly Cell[]): void {
  let provider: HostileProvider;

  beforeAll(async () => {
    provider = await HostileProvider.start();
  });
  afterAll(() => provider.close());

  describeMatrix('Access matrix', cells, suite, {
    imports: [SecondFactorDemand],
    env: () =>
      Promise.resolve({ ...environmentOf([['plain', provider]]), ...APPLE, REDIRECT_ALLOWLIST: CLIENT_PAGE }),
  });

  function suite(current: () => TestApp, cell: Cell): void {
    const rows = Object.values(ROWS)
      .flat()
      .filter(({ operation }) => cell.mount === 'standalone' || !operation.startsWith('health_'));
    let matrix: Matrix;
    let operations: ReadonlyMap<string, Operation>;

    beforeAll(async () => {
      operations = operationsById(current(), cell);
      matrix = await Matrix.set({ app: current(), provider });
    });

    it('has a row for each operation, and no other', () => {
      const listed = new Set(rows.map(({ operation }) => operation));
      expect([...listed].sort()).toEqual([...operations.keys()].sort());
    });

    it.each(rows.map((row) => [nameOf(row), row] as const))('%s', async (_, row) => {
      const operation = operations.get(row.operation);
      if (!operation) throw new Error('There is no such operation.');
      expect(await matrix.play(row, operation)).toEqual({
        cells: readCells(row.cells),
        changedByTheRefused: [],
      });
    });

    if (cell.mode !== 'session' || cell.mount !== 'standalone') return;
    it('stands on its page', () => {
      const page = renderMatrix(operations, current().basePath);
      if (process.env['UPDATE_ACCESS_MATRIX'] === '1') writeFileSync(PAGE, page);
      expect(readFileSync(PAGE, 'utf8')).toBe(page);
    });
  }
}

function nameOf({ operation, variant, cells }: Row): string {
  return `${operation}${variant === undefined ? '' : `, ${variant}`}: ${cells}`;
}
