import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Cell, startTestApp, type TestApp, type TestAppOptions } from './test-app.js';

/** Every pair of two properties is in one of them. */
export const PAIRWISE: readonly Cell[] = [
  { mode: 'session', adapter: 'express', mount: 'standalone' },
  { mode: 'stateless', adapter: 'fastify', mount: 'standalone' },
  { mode: 'session', adapter: 'fastify', mount: 'mounted' },
  { mode: 'stateless', adapter: 'express', mount: 'mounted' },
];

export const FULL: readonly Cell[] = (['session', 'stateless'] as const).flatMap((mode) =>
  (['express', 'fastify'] as const).flatMap((adapter) =>
    (['standalone', 'mounted'] as const).map((mount) => ({ mode, adapter, mount })),
  ),
);

export const MATRIX: readonly Cell[] = process.env['TEST_MATRIX'] === 'full' ? FULL : PAIRWISE;

/** One of each mode. */
export const BOTH_MODES: readonly Cell[] = PAIRWISE.slice(0, 2);
/** Where the standalone app promises more than a mounted one. */
export const STANDALONE: readonly Cell[] = MATRIX.filter(({ mount }) => mount === 'standalone');

/** Runs a suite in each cell, on an application of its own; at the end every answer that was seen has to be documented. */
export function describeMatrix(
  name: string,
  cells: readonly Cell[],
  suite: (current: () => TestApp, cell: Cell) => void,
  options: {
    readonly env?: TestAppOptions['env'] | (() => Promise<TestAppOptions['env']>);
    readonly imports?: TestAppOptions['imports'];
  } = {},
): void {
  for (const cell of cells) {
    describe(`${name} [${cell.mode}, ${cell.adapter}, ${cell.mount}]`, () => {
      let app: TestApp | undefined;
      const current = (): TestApp => {
        if (!app) throw new Error('The application has not started.');
        return app;
      };

      beforeAll(async () => {
        const env = typeof options.env === 'function' ? await options.env() : options.env;
        app = await startTestApp({ ...cell, env, imports: options.imports });
      }, 60_000);

      afterAll(async () => {
        await app?.close();
      }, 60_000);

      suite(current, cell);

      it('gave no answer that the OpenAPI document does not know', () => {
        expect(current().undocumented()).toEqual([]);
      });
    });
  }
}
