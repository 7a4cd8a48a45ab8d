import 'reflect-metadata';
import { banner } from './app/banner.js';
import { readEnv } from './app/env/env.js';
import { startFailure } from './app/start-failure.js';
import { type StartedApp, startApp } from './app/start.js';

try {
  const started = await startApp(readEnv());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(started));
  process.stdout.write(`${banner(started)}\n`);
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = 1;
}

/** A request that is still not answered by then is given up. */
const STOP_TIMEOUT_MS = 15_000;

async function stop(started: StartedApp): Promise<void> {
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  await started.stop();
  process.exit(0);
}
