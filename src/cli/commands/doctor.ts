import { EnvError } from '../../app/env/env.js';
import { ResolvedCoreOptions } from '../../modules/core/index.js';
import { DataDirectoryInUseError } from '../../shared/persistence/data-directory-lock.js';
import { isUnavailable, sqlStateOf } from '../../shared/persistence/database-errors.js';
import { type Command, JSON_OPTION } from '../command.js';
import type { Configuration } from '../configuration.js';
import { databaseFindings } from '../doctor/database-findings.js';
import { environmentFindings } from '../doctor/environment-findings.js';
import type { Finding } from '../doctor/finding.js';
import { serviceFindings } from '../doctor/service-findings.js';
import { settingsFindings } from '../doctor/settings-findings.js';
import { ExitCode } from '../exit-code.js';
import { failureOf } from '../failure.js';
import type { Invocation } from '../invocation.js';
import { serviceOf } from '../services.js';
import { StandaloneConfiguration } from '../standalone-configuration.js';

export const doctor: Command = {
  name: 'doctor',
  summary: 'Look at configuration, database, Redis, mail, clock, migrations and weak settings, with advice',
  notes:
    'Exits with 1 where there is a problem; warnings are for you to judge. Changes nothing, and sends nothing.',
  options: { json: JSON_OPTION },
  async run(call) {
    const findings = await examine(call);
    const healthy = findings.every(({ level }) => level !== 'problem');
    await call.answer({ healthy, findings }, ...findings.flatMap(linesOf));
    return healthy ? ExitCode.ok : ExitCode.findings;
  },
};

async function examine(call: Invocation): Promise<Finding[]> {
  let configuration: Configuration;
  try {
    configuration = await call.configuration();
  } catch (error) {
    return [configurationProblem(error)];
  }
  const { source, env } = configuration;
  return [
    { check: 'configuration', level: 'ok', message: `read from ${source}` },
    ...(env ? environmentFindings(env) : []),
    ...(await findingsOf(configuration)),
  ];
}

/** Where the standalone app does not open, what does not need its database is looked at all the same. */
async function findingsOf(configuration: Configuration): Promise<Finding[]> {
  try {
    return await configuration.use(async (app) => {
      const options = serviceOf(app, ResolvedCoreOptions, 'core');
      return [
        ...(await databaseFindings(app, configuration.env)),
        ...(await serviceFindings(options, configuration.env)),
        ...settingsFindings(options),
      ];
    });
  } catch (error) {
    const closed = openingProblem(error);
    const { env } = configuration;
    if (closed.check !== 'database' || env === null) return [closed];
    return new StandaloneConfiguration({ ...env, STORE_BACKEND: 'memory' }).use(async (app) => {
      const options = serviceOf(app, ResolvedCoreOptions, 'core');
      return [closed, ...(await serviceFindings(options, env)), ...settingsFindings(options)];
    });
  }
}

function configurationProblem(error: unknown): Finding {
  const message = error instanceof EnvError ? `not valid:\n${error.message}` : failureOf(error);
  return {
    check: 'configuration',
    level: 'problem',
    message,
    advice: 'docs/configuration.md has every variable; castellan keys generate makes secrets and keys.',
  };
}

function openingProblem(error: unknown): Finding {
  if (error instanceof EnvError) return configurationProblem(error);
  const [message = '', ...advice] = failureOf(error).split('\n');
  const ofDatabase = isOfDatabase(error);
  return {
    check: ofDatabase ? 'database' : 'application',
    level: 'problem',
    message,
    advice: ofDatabase
      ? advice.join('\n') || undefined
      : 'The application does not open; its own words are above.',
  };
}

/** The server's, by its SQLSTATE, or its connection's, or the lock's on the embedded one. */
function isOfDatabase(error: unknown): boolean {
  const state = sqlStateOf(error) ?? '';
  return error instanceof DataDirectoryInUseError || isUnavailable(error) || /^(?!E)[0-9A-Z]{5}$/.test(state);
}

const MARKS: Readonly<Record<Finding['level'], string>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'PROBLEM',
};

function linesOf({ check, level, message, advice }: Finding): string[] {
  const indent = ' '.repeat(25);
  return [
    `${MARKS[level].padEnd(9)}${check.padEnd(16)}${message.replaceAll('\n', `\n${indent}`)}`,
    ...(advice === undefined ? [] : [`${indent}→ ${advice.replaceAll('\n', `\n${indent}  `)}`]),
  ];
}
