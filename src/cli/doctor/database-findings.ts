import type { INestApplication } from '@nestjs/common';
import type { Env } from '../../app/env/env.js';
import { MOST_CLOCK_SKEW_MS } from '../../app/start.js';
import { AccountStatisticsRepository } from '../../modules/core/index.js';
import { Storage } from '../../shared/persistence/storage.js';
import { readMigrations } from '../migrations.js';
import { serviceOf } from '../services.js';
import { type Finding, probe } from './finding.js';

/** What the database says of itself, of its clock, its tables and its administrators. */
export async function databaseFindings(app: INestApplication, env: Env | null): Promise<Finding[]> {
  const storage = serviceOf(app, Storage, 'core');
  const answers = await probe('database', 'Check DATABASE_URL, and that the server runs.', () =>
    storage.ping(),
  );
  if (answers.level !== 'ok') return [answers];
  const migrations = await migrationFindings(app, env);
  const migrated = migrations.every(({ level }) => level === 'ok');
  return [
    answers,
    clockFinding(await storage.clockSkewMs()),
    ...migrations,
    ...(migrated ? [await adminFinding(app)] : []),
  ];
}

function clockFinding(skewMs: number): Finding {
  const check = 'clock';
  const message = `${Math.abs(Math.round(skewMs))} ms ${skewMs < 0 ? 'behind' : 'ahead of'} the database's`;
  if (Math.abs(skewMs) <= MOST_CLOCK_SKEW_MS) return { check, level: 'ok', message };
  return {
    check,
    level: 'problem',
    message,
    advice:
      'Let both machines keep their clocks by NTP: the application’s clock decides when tokens and codes expire.',
  };
}

async function migrationFindings(app: INestApplication, env: Env | null): Promise<Finding[]> {
  const check = 'migrations';
  const { ledger, migrations } = await readMigrations(app);
  const named = (wanted: string): string[] =>
    migrations.filter(({ state }) => state === wanted).map(({ name }) => name);
  const [pending, unknown] = [named('pending'), named('unknown')];
  const findings: Finding[] = [];
  if (pending.length > 0)
    findings.push({
      check,
      level: env?.DATABASE_MIGRATE ? 'warning' : 'problem',
      message: `${pending.length} pending: ${pending.join(', ')}`,
      advice: pendingAdvice(ledger, env),
    });
  if (unknown.length > 0)
    findings.push({
      check,
      level: 'warning',
      message: `${unknown.length} unknown: ${unknown.join(', ')}`,
      advice:
        'A newer version has been here, or a module that is not mounted any more. Do not run this version beside a newer one for long.',
    });
  if (findings.length > 0) return findings;
  return [
    {
      check,
      level: 'ok',
      message: ledger === 'none' ? 'the store has none' : `${migrations.length} applied`,
    },
  ];
}

function pendingAdvice(ledger: string, env: Env | null): string {
  if (ledger === 'host') return 'Run the application’s own migrations.';
  return env?.DATABASE_MIGRATE
    ? 'The next start runs them; or castellan migrate up.'
    : 'castellan migrate up';
}

async function adminFinding(app: INestApplication): Promise<Finding> {
  const check = 'administrators';
  const { superAdmins } = await serviceOf(app, AccountStatisticsRepository, 'core').users(new Date());
  if (superAdmins > 0) return { check, level: 'ok', message: `${superAdmins} super admins` };
  return {
    check,
    level: 'warning',
    message: 'there is no super admin',
    advice: 'castellan admin create you@example.com',
  };
}
