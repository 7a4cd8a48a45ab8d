import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parseVariables } from '../src/app/env/env.js';
import { importUsers, readImportOrder, UsageError } from '../src/app/users-import.js';
import { testVariables } from './support/test-app.js';

describe('the command that imports users', () => {
  const directory = mkdtempSync(join(tmpdir(), 'castellan-import-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('reads its command line', () => {
    expect(readImportOrder(['users.csv'])).toEqual({
      file: 'users.csv',
      format: 'csv',
      name: 'users.csv',
      results: null,
    });
    expect(readImportOrder(['a/users.jsonl', '--name', 'old', '--results', 'r'])).toEqual({
      file: 'a/users.jsonl',
      format: 'ndjson',
      name: 'old',
      results: 'r',
    });
    for (const args of [
      [],
      ['a.csv', 'b.csv'],
      ['users'],
      ['users.csv', '--format', 'xml'],
      ['a.csv', '--what'],
      ['a.csv', '--name', ''],
    ])
      expect(() => readImportOrder(args)).toThrow(UsageError);
  });

  it('imports a file with a bar, goes on where it stopped, and writes down what was not made', async () => {
    const env = parseVariables({ ...testVariables({ env: { DATA_DIR: join(directory, 'data') } }) });
    const file = join(directory, 'users.csv');
    const results = join(directory, 'results.ndjson');
    const rows = Array.from({ length: 250 }, (_, index) => `user${index}@example.com,Name ${index}`);
    writeFileSync(file, ['email,name', ...rows, 'nonsense,X', 'user7@example.com,Y', ''].join('\n'));
    const shown: string[] = [];
    const run = (name: string): Promise<boolean> =>
      importUsers(
        env,
        { file, format: 'csv', name, results },
        { isTTY: true, write: (text) => shown.push(text) },
      );
    expect(await run('one')).toBe(false);
    expect(shown.join('')).toContain(
      '[##############################] 100 %  250 created, 1 skipped, 1 failed',
    );
    expect(shown.at(-1)).toBe('\nDone: 250 created, 1 skipped, 1 failed.\n');
    const lines = readFileSync(results, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { line: 251, status: 'failed', code: 'core.invalid_email', fields: ['email'] },
      { line: 252, status: 'skipped', code: 'core.email_taken' },
    ]);
    shown.length = 0;
    await run('one');
    expect(shown).toEqual(['\nDone: 250 created, 1 skipped, 1 failed.\n']);
    await run('again');
    expect(shown.at(-1)).toBe('\nDone: 0 created, 251 skipped, 1 failed.\n');
  }, 120_000);
});
