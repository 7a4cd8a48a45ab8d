import 'reflect-metadata';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { castellan, type CommandResult } from './support/command.js';
import { createEmptyDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { testVariables } from './support/test-app.js';

// Commands open an embedded database each.
jest.setTimeout(180_000);

/** bcrypt of `a gatehouse of 7 towers`, at its lowest cost. */
const HASH = '$2b$04$EHlUURMaDcG.1Fr6XzT3vuxukmO2W.Pi7IkRDqmJLKZoNv9KbBkh2';

const PEOPLE = [
  {
    email: 'ada@example.com',
    email_verified: true,
    username: 'ada',
    phone_number: '+15550100001',
    phone_number_verified: true,
    password_hash: HASH,
    name: 'Ada, "the first"',
    first_name: 'Ada',
    last_name: 'Lovelace',
    avatar: 'https://example.com/ada.png',
    biography: 'Two\nlines',
    locale: 'en',
    active: true,
    created_at: '2020-01-02T03:04:05.678Z',
  },
  { username: 'Bob', active: false, created_at: '2021-01-02T03:04:05.000Z' },
];

describe('castellan users', () => {
  const directory = mkdtempSync(join(tmpdir(), 'castellan-users-'));
  const databases: TestDatabase[] = [];
  const inDirectory = (name: string): string => join(directory, name);
  Logger.overrideLogger(false);

  afterAll(async () => {
    for (const database of databases) await database.drop();
    rmSync(directory, { recursive: true });
  });

  /** The environment of a database of its own, migrated. */
  async function place(name: string): Promise<Record<string, string>> {
    const variables: Record<string, string> = { ...testVariables(), DATA_DIR: inDirectory(name) };
    if (onRealPostgres) {
      const database = await createEmptyDatabase();
      databases.push(database);
      Object.assign(variables, { DATABASE_URL: database.url });
    }
    expect((await castellan(['migrate', 'up'], variables)).code).toBe(0);
    return variables;
  }

  const recordsOf = (text: string): unknown[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  describe('import', () => {
    let variables: Record<string, string>;
    const users = (...args: string[]): Promise<CommandResult> => castellan(['users', ...args], variables);

    beforeAll(async () => {
      variables = await place('import');
    });

    it('goes on where it stopped, and writes down what was not made', async () => {
      const [file, results] = [inDirectory('users.csv'), inDirectory('results.ndjson')];
      const rows = Array.from({ length: 450 }, (_, index) => `user${index}@example.com,Name ${index}`);
      writeFileSync(file, ['email,name', ...rows, 'nonsense,X', 'user7@example.com,Y', ''].join('\n'));
      const first = await users('import', file, '--results', results);
      expect(first).toMatchObject({ code: 1, stdout: '' });
      expect(first.stderr).toMatch(/\d+ %.*\n/);
      expect(first.stderr).toMatch(/Done: 450 created, 1 skipped, 1 failed\.\n$/);
      expect(recordsOf(readFileSync(results, 'utf8'))).toEqual([
        { line: 451, status: 'failed', code: 'core.invalid_email', fields: ['email'] },
        { line: 452, status: 'skipped', code: 'core.email_taken' },
      ]);
      const again = await users('import', file, '--json');
      expect(JSON.parse(again.stdout)).toEqual({ name: 'users.csv', created: 450, skipped: 1, failed: 1 });
      const other = await users('import', file, '--name', 'other', '--json');
      expect(JSON.parse(other.stdout)).toMatchObject({ created: 0, skipped: 451, failed: 1 });
    });

    it.each([
      [[], 'FILE is missing.'],
      [['a.csv', 'b.csv'], 'There is an argument too many: b.csv'],
      [['users'], '--format is csv or ndjson.'],
      [['users.csv', '--format', 'xml'], '--format is one of csv, ndjson.'],
      [['a.csv', '--what'], "Unknown option '--what'"],
      [['a.csv', '--name', ''], '--name has 1 to 200 characters.'],
      [['there-is-none.csv'], 'ENOENT: no such file or directory'],
    ])('refuses %j', async (args, message) => {
      const { code, stdout, stderr } = await users('import', ...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`castellan users import: ${message}`);
    });

    it('needs the module, and its tables', async () => {
      const file = inDirectory('one.csv');
      writeFileSync(file, 'email\nx@example.com\n');
      const unmounted = await castellan(['users', 'import', file], { ...variables, AUTH_MODULES: 'rbac' });
      expect([unmounted.code, unmounted.stderr]).toEqual([
        2,
        'castellan users import: The module admin is not mounted.\n',
      ]);
      const elsewhere = { ...testVariables(), DATA_DIR: inDirectory('empty') };
      const empty = await castellan(['users', 'import', file], elsewhere);
      expect([empty.code, empty.stderr]).toEqual([
        2,
        expect.stringMatching(/^castellan users import: \d+ migrations are pending: castellan migrate up\n$/),
      ]);
    });
  });

  describe('export', () => {
    it('writes what import reads: the accounts are the same in another database', async () => {
      const [from, to] = [await place('from'), await place('to')];
      const [given, exported, back] = ['given.ndjson', 'exported.ndjson', 'back.ndjson'].map(inDirectory);
      const crowd = Array.from({ length: 1_200 }, (_, index) => ({
        email: `user${index}@example.com`,
        email_verified: false,
        active: true,
        created_at: '2022-01-02T03:04:05.000Z',
      }));
      const people = [...PEOPLE, ...crowd];
      writeFileSync(given ?? '', people.map((person) => `${JSON.stringify(person)}\n`).join(''));
      expect((await castellan(['users', 'import', given ?? ''], from)).stderr).toContain(
        'Done: 1202 created',
      );

      const first = await castellan(['users', 'export', exported ?? ''], from);
      expect(first).toMatchObject({
        code: 0,
        stdout: '',
        stderr: expect.stringMatching(/Done: 1202 exported\.\n$/),
      });
      expect(statSync(exported ?? '').mode & 0o777).toBe(0o600);
      const text = readFileSync(exported ?? '', 'utf8');
      expect(new Set(recordsOf(text).map((one) => JSON.stringify(one)))).toEqual(
        new Set(people.map((one) => JSON.stringify(one))),
      );

      expect((await castellan(['users', 'import', exported ?? ''], to)).code).toBe(0);
      expect((await castellan(['users', 'export', back ?? ''], to)).code).toBe(0);
      const sorted = (content: string): string[] => content.split('\n').sort();
      expect(sorted(readFileSync(back ?? '', 'utf8'))).toEqual(sorted(text));

      // To stdout: the accounts and nothing else.
      expect(sorted((await castellan(['users', 'export'], to)).stdout)).toEqual(sorted(text));

      const refused = await castellan(['users', 'export', back ?? ''], to);
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
      expect((await castellan(['users', 'export', back ?? '', '--force'], to)).code).toBe(0);
      expect(existsSync(`${back}.part`)).toBe(false);
    });
  });
});
