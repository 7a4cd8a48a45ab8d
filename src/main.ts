import 'reflect-metadata';
import { banner } from './app/banner.js';
import { readEnv } from './app/env/env.js';
import { startFailure } from './app/start-failure.js';
import { type StartedApp, startApp } from './app/start.js';
import { IMPORT_USAGE, importUsers, readImportOrder, UsageError } from './app/users-import.js';
import { verifyAudit } from './app/verify-audit.js';

try {
  if (process.argv[2] === 'audit:verify') await verify();
  else if (process.argv[2] === 'users:import') await importFile();
  else await serve();
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const started = await startApp(readEnv());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(started));
  process.stdout.write(`${banner(started)}\n`);
}

/** Exits with 2 where somebody has tampered with the log. */
async function verify(): Promise<void> {
  const { sound, text } = await verifyAudit(readEnv());
  process.stdout.write(text);
  process.exitCode = sound ? 0 : 2;
}

/** Exits with 2 where some accounts were not made, as a script would want to know it. */
async function importFile(): Promise<void> {
  try {
    const order = readImportOrder(process.argv.slice(3));
    process.exitCode = (await importUsers(readEnv(), order, process.stderr)) ? 0 : 2;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n${IMPORT_USAGE}\n`);
    process.exitCode = 1;
  }
}

/** A request that is still not answered by then is given up. */
const STOP_TIMEOUT_MS = 15_000;

async function stop(started: StartedApp): Promise<void> {
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  await started.stop();
  process.exit(0);
}
