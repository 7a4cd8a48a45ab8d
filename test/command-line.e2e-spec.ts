import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SMTPServer } from 'smtp-server';
import { parseVariables } from '../src/app/env/env.js';
import { readSecrets, readSigningKeys } from '../src/app/key-material.js';
import { COMMANDS } from '../src/cli/commands.js';
import { castellan, castellanProcess } from './support/command.js';
import { createEmptyDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { startChild } from './support/child.js';
import { testVariables } from './support/test-app.js';

jest.setTimeout(180_000);

const directory = mkdtempSync(join(tmpdir(), 'castellan-command-'));
const databases: TestDatabase[] = [];
const inDirectory = (name: string): string => join(directory, name);
/** Nobody listens there. */
const NOWHERE = '127.0.0.1:1';

beforeAll(() => Logger.overrideLogger(false));

afterAll(async () => {
  for (const database of databases) await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

/** The environment of a database of its own, without a table. */
async function place(
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const variables: Record<string, string> = { ...testVariables(), DATA_DIR: inDirectory(name), ...more };
  if (!onRealPostgres) return variables;
  const database = await createEmptyDatabase();
  databases.push(database);
  return { ...variables, DATABASE_URL: database.url ?? '' };
}

interface Row {
  readonly module: string | null;
  readonly name: string;
  readonly state: string;
}

interface Examination {
  readonly healthy: boolean;
  readonly findings: { check: string; level: string; message: string; advice?: string }[];
}

describe('castellan', () => {
  it('lists its commands, tells of each, and says its version', async () => {
    const { code, stdout } = await castellan(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) {
      expect(stdout).toContain(command.name);
      const help = await castellan([...command.name.split(' '), '--help']);
      expect(help).toMatchObject({ code: 0, stderr: '' });
      expect(help.stdout).toContain(`Usage: castellan ${command.name}`);
      for (const option of Object.keys(command.options ?? {})) expect(help.stdout).toContain(`--${option}`);
    }
    expect((await castellan(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await castellan(['migrate', '--help'])).stdout).toContain('migrate down');
  });

  it('answers on stdout, and says on stderr what is wrong: exit 2', async () => {
    for (const args of [
      ['no'],
      ['migrate'],
      ['migrate', 'sideways'],
      ['doctor', '--no'],
      ['keys', 'rotate', 'a', 'b'],
    ])
      expect([args, (await castellan(args)).code]).toEqual([args, 2]);
    const bad = await castellan(['migrate', 'status'], { PORT: 'hunter2' });
    expect([bad.code, bad.stdout]).toEqual([2, '']);
    expect(bad.stderr).toContain('PORT must be a whole number');
    expect(bad.stderr).not.toContain('hunter2');
  });

  it('is a program', async () => {
    const variables = await place('program', { AUDIT_SINK: 'stdout' });
    const up = await castellanProcess(['migrate', 'up', '--json'], variables);
    expect(up.code).toBe(0);
    expect(JSON.parse(up.stdout)).toMatchObject({
      applied: expect.arrayContaining([expect.stringMatching(/^Core/)]),
    });
    const admin = await castellanProcess(
      ['admin', 'create', 'ada@example.com', '--json'],
      variables,
      'a gatehouse of 7 towers\n',
    );
    expect([admin.code, JSON.parse(admin.stdout)]).toEqual([
      0,
      { id: expect.any(String), email: 'ada@example.com' },
    ]);
    const away = await castellanProcess(['migrate', 'status'], {
      ...testVariables(),
      DATABASE_URL: `postgres://${NOWHERE}/x`,
    });
    expect([away.code, away.stdout]).toEqual([2, '']);
    expect(away.stderr).toMatch(
      /^castellan migrate status: .*\nNo database answers there: check DATABASE_URL\.$/m,
    );
    // Not its sink's records, which go to stdout else.
    expect(admin.stderr).toContain('admin.user.create_super_admin');
    const bad = await castellanProcess(['migrate', 'down'], variables);
    expect([bad.code, bad.stdout, bad.stderr]).toEqual([2, '', expect.stringContaining('say --yes')]);
  });
});

describe('castellan migrate', () => {
  const statesOf = async (variables: Record<string, string>): Promise<Row[]> => {
    const { code, stdout } = await castellan(['migrate', 'status', '--json'], variables);
    expect(code).toBe(0);
    return JSON.parse(stdout).migrations;
  };

  it('goes up and down, and says where it is', async () => {
    const variables = await place('migrations');
    const before = await statesOf(variables);
    expect(before.length).toBeGreaterThan(10);
    expect(before.every(({ state }) => state === 'pending')).toBe(true);

    const up = await castellan(['migrate', 'up'], variables);
    expect([up.code, up.stdout]).toEqual([
      0,
      expect.stringContaining(`${before.length} migrations applied.`),
    ]);
    expect((await castellan(['migrate', 'up'], variables)).stdout).toBe('Nothing was pending.\n');

    const last = before.at(-1)?.name ?? '';
    const down = await castellan(['migrate', 'down', '--yes', '--json'], variables);
    expect(JSON.parse(down.stdout)).toEqual({ reverted: [last] });
    const to = before.at(-4)?.name ?? '';
    const further = await castellan(['migrate', 'down', '--yes', '--json', '--to', to], variables);
    expect(JSON.parse(further.stdout)).toEqual({ reverted: [before.at(-2)?.name, before.at(-3)?.name] });
    expect((await statesOf(variables)).filter(({ state }) => state === 'pending')).toHaveLength(3);
    const nowhere = await castellan(['migrate', 'down', '--yes', '--to', last], variables);
    expect([nowhere.code, nowhere.stderr]).toEqual([
      2,
      expect.stringContaining('is no migration that has been applied'),
    ]);

    await castellan(['migrate', 'up'], variables);
    const fewer = { ...variables, AUTH_MODULES: 'rbac' };
    const unknown = (await statesOf(fewer)).filter(({ state }) => state === 'unknown');
    expect(unknown.map(({ name }) => name)).toContain(last);
    const text = await castellan(['migrate', 'status'], fewer);
    expect(text.stdout).toMatch(/^unknown {2}\? +\w+\d{13}$/m);
    expect(text.stdout).toMatch(/\n\d+ applied, 0 pending, \d+ unknown\.\n$/);
  });

  it('has nothing to do where everything is in memory', async () => {
    const variables = { ...testVariables(), STORE_BACKEND: 'memory' };
    expect((await castellan(['migrate', 'status'], variables)).stdout).toBe(
      'The store of this application has no migrations.\n',
    );
    expect((await castellan(['migrate', 'up'], variables)).code).toBe(2);
  });

  it('keeps off an embedded database that a process holds', async () => {
    const variables = { NODE_ENV: 'development', DATA_DIR: inDirectory('held') };
    const app = await startChild(variables);
    try {
      const { code, stderr } = await castellan(['migrate', 'down', '--yes'], variables);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`in use by process ${app.pid}`)]);
      const { stdout } = await castellan(['doctor', '--json'], variables);
      expect((JSON.parse(stdout) as Examination).findings).toContainEqual(
        expect.objectContaining({ check: 'database', level: 'problem' }),
      );
    } finally {
      await app.stop();
    }
  });
});

describe('castellan keys', () => {
  it('makes lines of an environment file that the app starts with', async () => {
    for (const algorithm of ['ES256', 'EdDSA', 'RS256', 'HS256']) {
      const { code, stdout } = await castellan(['keys', 'generate', '--algorithm', algorithm]);
      expect(code).toBe(0);
      const env = parseVariables({ ...testVariables(), ...parseEnv(stdout) });
      readSecrets(env);
      expect(readSigningKeys(env).current.algorithm).toBe(algorithm);
    }
  });

  it('writes a key file for its owner alone, and replaces none', async () => {
    const file = inDirectory('keys.json');
    const made = await castellan(['keys', 'generate', '--file', file]);
    expect(parseEnv(made.stdout)).toMatchObject({ AUTH_SIGNING_KEYS_FILE: file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const content = readFileSync(file, 'utf8');
    const again = await castellan(['keys', 'generate', '--file', file]);
    expect([again.code, again.stdout, readFileSync(file, 'utf8')]).toEqual([2, '', content]);
    expect((await castellan(['keys', 'generate', '--file', file, '--force'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toBe(content);
  });

  it('changes the key of a file in two steps, and of the environment in one', async () => {
    const file = inDirectory('rotated.json');
    await castellan(['keys', 'generate', '--file', file]);
    const variables = { ...testVariables(), AUTH_SIGNING_KEYS: '', AUTH_SIGNING_KEYS_FILE: file };
    const signing = (): string => readSigningKeys(parseVariables(variables)).current.kid;
    const first = signing();
    const staged = await castellan(['keys', 'rotate', '--stage'], variables);
    expect([staged.code, signing()]).toEqual([0, first]);
    expect(staged.stderr).toContain(`3. Then let it sign: castellan keys rotate ${file}`);
    const rotated = await castellan(['keys', 'rotate', file, '--json']);
    expect(JSON.parse(rotated.stdout)).toMatchObject({
      file,
      retired: first,
      signing: signing(),
      dropped: [],
    });
    expect(rotated.stdout).not.toContain('"d"');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readSigningKeys(parseVariables(variables)).find(first)).toMatchObject({ privateKey: null });

    const printed = await castellan(['keys', 'rotate'], testVariables() as Record<string, string>);
    const keys = readSigningKeys(parseVariables({ ...testVariables(), ...parseEnv(printed.stdout) }));
    expect(keys.jwks.keys).toHaveLength(2);

    writeFileSync(file, 'hunter2');
    const bad = await castellan(['keys', 'rotate', file]);
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('it is neither PEM nor JSON')]);
    expect((await castellan(['keys', 'rotate'])).code).toBe(2);
  });
});

describe('castellan admin create', () => {
  it('makes super admins by their addresses, and refuses one that has an account', async () => {
    const variables = await place('admins');
    const create = (args: string[], input?: string) =>
      castellan(['admin', 'create', ...args], variables, input);
    expect((await create(['ada@example.com'], 'a gatehouse of 7 towers\n')).stderr).toContain(
      'castellan migrate up',
    );
    await castellan(['migrate', 'up'], variables);
    expect((await create(['ada@example.com'], 'a gatehouse of 7 towers\n')).stdout).toMatch(
      /^ada@example\.com is a super admin \([0-9a-f-]{36}\)\.\n$/,
    );
    const taken = await create(['ADA@example.com', '--generate']);
    expect([taken.code, taken.stdout, taken.stderr]).toEqual([
      2,
      '',
      expect.stringContaining('core.email_taken'),
    ]);
    expect((await create(['bob@example.com', '--generate'])).stdout).toMatch(/\nPassword: [\w-]{24}\n$/);
    for (const [args, input, words] of [
      [['cleo@example.com'], 'short\n', 'core.password_too_short'],
      [['cleo@example.com'], '', 'no password on stdin'],
      [['nonsense', '--generate'], '', 'core.invalid_email'],
      [[], '', 'EMAIL is missing'],
    ] as const)
      expect(await create([...args], input)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(words),
      });
    const { stdout } = await castellan(['doctor'], variables);
    expect(stdout).toMatch(/^ok +administrators +2 super admins$/m);
  });
});

describe('castellan doctor', () => {
  const examine = async (variables: Record<string, string>): Promise<Examination & { code: number }> => {
    const { code, stdout } = await castellan(['doctor', '--json'], variables);
    return { code, ...(JSON.parse(stdout) as Examination) };
  };
  const levels = ({ findings }: Examination, wanted: string): string[] =>
    findings.filter(({ level }) => level === wanted).map(({ check }) => check);

  it('finds nothing wrong where nothing is', async () => {
    const variables = await place('healthy', { RATE_LIMIT_MULTIPLIER: '1' });
    await castellan(['migrate', 'up'], variables);
    const result = await examine(variables);
    expect([result.code, result.healthy, levels(result, 'problem')]).toEqual([0, true, []]);
    expect(levels(result, 'warning')).toEqual(['administrators']);
    expect(levels(result, 'ok')).toEqual(
      expect.arrayContaining(['configuration', 'database', 'clock', 'migrations', 'redis', 'settings']),
    );
  });

  it('tells what is weak, pending or away, each with advice', async () => {
    const file = inDirectory('open.json');
    writeFileSync(file, readFileSync(await keyFile()), { mode: 0o644 });
    const variables = await place('weak', {
      RATE_LIMIT_MULTIPLIER: '0',
      TRUSTED_PROXIES: '0.0.0.0/0',
      LOCKOUT_MAX_ATTEMPTS: '50',
      ACCESS_TOKEN_TTL: '12h',
      CORS_ORIGINS: 'http://app.example.test',
      DATABASE_MIGRATE: 'off',
      REDIS_URL: `redis://${NOWHERE}`,
      SMTP_URL: `smtp://${NOWHERE}`,
      AUTH_SIGNING_KEYS: '',
      AUTH_SIGNING_KEYS_FILE: file,
      BOOTSTRAP_ADMIN_EMAIL: 'ada@example.com',
      BOOTSTRAP_ADMIN_PASSWORD: 'hunter2 and so on',
    });
    const result = await examine(variables);
    expect([result.code, result.healthy]).toEqual([1, false]);
    expect(levels(result, 'problem')).toEqual(['migrations', 'redis', 'mail', 'settings', 'settings']);
    expect(levels(result, 'warning')).toEqual([
      'environment',
      'environment',
      'settings',
      'settings',
      'settings',
    ]);
    expect(result.findings.filter(({ level, advice }) => level !== 'ok' && !advice)).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('hunter2');
    const { code, stdout } = await castellan(['doctor'], variables);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^PROBLEM +migrations +\d+ pending/m)]);
    expect(stdout).toContain('→ castellan migrate up');
  });

  it('looks at the rest where the database is away, and at nothing where the configuration is wrong', async () => {
    const result = await examine({ ...testVariables(), DATABASE_URL: `postgres://${NOWHERE}/x` });
    expect([result.code, levels(result, 'problem')]).toEqual([1, ['database', 'settings']]);
    const bad = await examine({ NODE_ENV: 'production' });
    expect([bad.code, levels(bad, 'problem')]).toEqual([1, ['configuration']]);
    expect(bad.findings[0]?.message).toContain('AUTH_SECRETS is required');
  });

  it('signs in to the mail server, and sends nothing', async () => {
    const server = new SMTPServer({ disabledCommands: ['STARTTLS'], authOptional: true, logger: false });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      const result = await examine({
        ...testVariables(),
        STORE_BACKEND: 'memory',
        SMTP_URL: `smtp://127.0.0.1:${port}`,
      });
      expect(result.findings).toContainEqual(expect.objectContaining({ check: 'mail', level: 'ok' }));
    } finally {
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });

  async function keyFile(): Promise<string> {
    const file = inDirectory('key-of-the-doctor.json');
    await castellan(['keys', 'generate', '--file', file]);
    return file;
  }
});

describe('castellan openapi', () => {
  it('writes the document without a database and without a secret', async () => {
    const file = inDirectory('openapi.json');
    const variables = {
      DATABASE_URL: `postgres://${NOWHERE}/x`,
      DATA_DIR: inDirectory('none'),
      APP_URL: 'https://id.example.test',
    };
    expect(await castellan(['openapi', '--output', file], variables)).toMatchObject({ code: 0, stdout: '' });
    const document = JSON.parse(readFileSync(file, 'utf8'));
    expect(document.servers).toEqual([{ url: 'https://id.example.test' }]);
    expect(document.paths).toHaveProperty(['/auth/login']);
    expect(Object.keys(document.paths).length).toBeGreaterThan(50);
  });
});
