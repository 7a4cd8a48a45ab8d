import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../src/app/database.js';
import { EnvError, parseVariables, VARIABLES } from '../src/app/env/env.js';
import type { Variable } from '../src/app/env/variable.js';
import { createApp } from '../src/app/create-app.js';
import { parseDuration } from '../src/shared/time/duration.js';

const directory = mkdtempSync(join(tmpdir(), 'castellan-environment-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** In memory, so that what stops the start is the configuration alone. */
const BASE = { STORE_BACKEND: 'memory', DATA_DIR: directory, LOG_LEVEL: 'fatal', NODE_ENV: 'test' };

const HUGE = ['9'.repeat(9), '9'.repeat(400), '9007199254740993', '1e308', 'Infinity'];
const DURATIONS = [
  ...['1s', '1m', '1h', '0s', '0ms', '0w', '1ms', '-1s', '1.5s', '10', 's', '١s', ' 1s', '1 s'],
  ...['36500d', '36501d', '999999999999999w', '9007199254740992ms', '99999999d'],
];
const GARBAGE = [
  '0',
  '-1',
  '1.5',
  '0x10',
  'NaN',
  'null',
  '\u0000',
  ' ',
  '%s',
  '../..',
  "'; DROP TABLE",
  '💥',
  ...HUGE,
];

/** Variables that are numbers, or end up as some. */
const isNumeric = ({ form }: Variable<unknown>): boolean => form === 'duration' || /^\d+–\d+$/.test(form);
const ALL = Object.entries<Variable<unknown>>(VARIABLES);
const NUMERIC = ALL.filter(([, variable]) => isNumeric(variable)).map(([name]) => name);
/** Free text that opens files or servers, or is the base itself. */
const OTHER = ALL.map(([name]) => name).filter((name) => !NUMERIC.includes(name) && !(name in BASE));

function sizeOf(value: string): number {
  return /[a-z]$/.test(value) ? parseDuration(value) : Number(value);
}

/** What is said of a value; `null`: it was taken. */
function refusalOf(variables: Readonly<Record<string, string>>): string | null {
  try {
    parseVariables(variables);
    return null;
  } catch (error) {
    return error instanceof EnvError ? error.message : `${String(error)}, which is no EnvError`;
  }
}

/** The app built of it; `null` where it can be. */
async function startFailureOf(variables: Readonly<Record<string, string>>): Promise<string | null> {
  const env = parseVariables({ ...BASE, ...variables });
  const database = await openDatabase(env, null);
  try {
    const parts = { env, storage: database.storage, database: database.module, redis: null, previews: null };
    const app = await createApp(parts);
    await app.init();
    await app.close();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await database.close();
  }
}

describe('A value that a variable cannot have', () => {
  it.each(ALL.map(([name]) => name))('%s: is refused by its name, and not repeated', (name) => {
    for (const value of [...GARBAGE, ...DURATIONS]) {
      const refusal = refusalOf({ [name]: value });
      if (refusal === null) continue;
      expect([value, refusal]).toEqual([value, expect.stringContaining(name)]);
      if (value.length > 4) expect([value, refusal.includes(value)]).toEqual([value, false]);
    }
  });

  it.each([
    ['least', 0],
    ['greatest', -1],
  ] as const)('every number and duration at the %s that is taken: the app starts', async (_name, at) => {
    const taken = NUMERIC.map((name): [string, string] => {
      const values = [...GARBAGE, ...DURATIONS].filter(
        (value) => refusalOf({ ...BASE, [name]: value }) === null,
      );
      return [name, values.sort((one, other) => sizeOf(one) - sizeOf(other)).at(at) ?? ''];
    });
    expect(taken.filter(([, value]) => value === '')).toEqual([]);
    expect(await startFailureOf(Object.fromEntries(taken))).toBeNull();
  });

  it.each(OTHER)(
    '%s: what is taken starts the app, or is refused by its name',
    async (name) => {
      const value = [' ', 'garbage', '-1'].find(
        (candidate) => refusalOf({ ...BASE, [name]: candidate }) === null,
      );
      if (value === undefined) return;
      const failure = await startFailureOf({ [name]: value });
      if (failure !== null) expect(failure).toContain(name);
    },
    60_000,
  );

  it('names the store that a cache of sessions needs', () => {
    expect(refusalOf({ ...BASE, SESSION_CACHE_MAX: '10' })).toContain('SESSION_CACHE_MAX');
  });

  it('names both of two that contradict each other', () => {
    const refusal = refusalOf({ ACCESS_TOKEN_TTL: '8d' });
    expect(refusal).toMatch(/ACCESS_TOKEN_TTL.*REFRESH_TOKEN_TTL/);
  });
});
