import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { POOLER_VARIABLE } from '../support/database.js';
import { OwnPgbouncer } from '../support/own-pgbouncer.js';
import { report } from '../support/traffic.js';

const describeWithPgbouncer = OwnPgbouncer.isInstalled ? describe : describe.skip;
if (!OwnPgbouncer.isInstalled)
  process.stdout.write(
    'Skipped, since there is no pgbouncer (Debian: apt install pgbouncer): transaction mode.\n',
  );

/** What holds on PostgreSQL itself: an account's journey, races over two instances, caches and revocations on two nodes. */
const SPECS = ['journey', 'races', 'nodes', 'fan-out'];
const LIMIT_MS = 300_000;

function jest(
  spec: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const options = ['--import', './test/support/native/register.mjs'];
  const child = spawn(
    process.execPath,
    [...options, 'node_modules/jest/bin/jest.js', '--maxWorkers=1', `test/${spec}.e2e-spec.ts`],
    { env: { ...process.env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

describeWithPgbouncer('Behind pgbouncer in transaction mode, five connections for two nodes', () => {
  let pgbouncer: OwnPgbouncer;
  beforeAll(async () => {
    pgbouncer = await OwnPgbouncer.start();
  });
  afterAll(() => pgbouncer.stop());

  for (const spec of SPECS) {
    it(
      `${spec}: as on PostgreSQL itself`,
      async () => {
        const before = await pgbouncer.transactions();
        const { code, output } = await jest(spec, { [POOLER_VARIABLE]: pgbouncer.address });
        const [counts] = /^Tests: .*$/m.exec(output) ?? [''];
        const transactions = (await pgbouncer.transactions()) - before;
        report(
          'pgbouncer',
          `${spec}: ${counts.replace(/\s+/g, ' ')}; ${transactions} transactions through it`,
        );
        expect([code, code === 0 ? '' : output]).toEqual([0, '']);
        expect(transactions).toBeGreaterThan(100);
      },
      LIMIT_MS + 10_000,
    );
  }
});
