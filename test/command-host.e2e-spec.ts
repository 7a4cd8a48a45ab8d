import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { openMonolith } from '../examples/monolith/src/create-monolith.js';
import { castellan, castellanFromSources, type CommandResult } from './support/command.js';
import { createEmptyDatabase, onRealPostgres, type TestDatabase } from './support/database.js';

jest.setTimeout(180_000);

const CONFIG = ['--config', 'examples/monolith/castellan.config.ts'];

describe('castellan on a host: examples/monolith', () => {
  const directory = mkdtempSync(join(tmpdir(), 'castellan-host-'));
  let database: TestDatabase | undefined;
  let variables: Record<string, string>;

  beforeAll(async () => {
    database = onRealPostgres ? await createEmptyDatabase() : undefined;
    variables = { DATA_DIR: directory, ...(database && { DATABASE_URL: database.url ?? '' }) };
  });

  afterAll(async () => {
    await database?.drop();
    rmSync(directory, { recursive: true });
  });

  const shop = (...args: string[]): Promise<CommandResult> => castellan([...args, ...CONFIG], variables);

  it('migrates, as a program, with the configuration that its main has', async () => {
    const status = await shop('migrate', 'status');
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringMatching(/\n0 applied, \d+ pending, 0 unknown\.\n$/),
    ]);
    expect((await castellanFromSources(['migrate', 'up', ...CONFIG], variables)).code).toBe(0);
  });

  it('makes an administrator, and the host’s own row with it', async () => {
    // The host's tables are the host's to migrate.
    const options = { mode: 'session', adapter: 'express', logger: false } as const;
    const { app, close } = await openMonolith({
      ...options,
      databaseUrl: variables['DATABASE_URL'],
      dataDirectory: directory,
    });
    await app.get(DataSource, { strict: false }).runMigrations();
    await close();
    const made = await shop('admin', 'create', 'ada@example.com', '--generate', '--json');
    expect(made.code).toBe(0);
    const again = await openMonolith({
      ...options,
      databaseUrl: variables['DATABASE_URL'],
      dataDirectory: directory,
    });
    const rows = await again.app
      .get(DataSource, { strict: false })
      .query('SELECT castellan_user_id AS id FROM public.users');
    await again.close();
    expect(rows).toEqual([{ id: JSON.parse(made.stdout).id }]);
  });

  it('examines it, and writes its document', async () => {
    const { code, stdout } = await shop('doctor', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ healthy: true })]);
    const document = JSON.parse((await shop('openapi')).stdout);
    expect(['/identity/login', '/api/orders'].every((path) => path in document.paths)).toBe(true);
    expect((await shop('audit', 'verify')).stdout).toContain('The audit log is sound.');
  });
});

describe('a configuration', () => {
  const directory = mkdtempSync(join(tmpdir(), 'castellan-config-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('has to be there, and to be one', async () => {
    const file = join(directory, 'castellan.config.mjs');
    const refused = (): Promise<CommandResult> => castellan(['doctor', '--config', file]);
    expect((await refused()).stdout).toContain('There is no file');
    writeFileSync(file, 'export default { closed: true };');
    expect(await refused()).toMatchObject({ code: 1, stdout: expect.stringContaining('CastellanConfig') });
  });

  it('is looked for in the working directory', async () => {
    const before = process.cwd();
    // Another one: what has been imported from a path stays imported.
    process.chdir(mkdtempSync(join(directory, 'host-')));
    try {
      writeFileSync(
        'castellan.config.mjs',
        'export default { open: () => Promise.reject(new Error("no shop")) };',
      );
      const { code, stdout } = await castellan(['doctor']);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^ok +configuration +read from castellan\.config\.mjs$/m);
      expect(stdout).toMatch(/^PROBLEM +application +Error: no shop/m);
    } finally {
      process.chdir(before);
    }
  });
});
