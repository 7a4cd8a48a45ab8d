import 'reflect-metadata';
import { banner } from './app/banner.js';
import { EnvError, readEnv } from './app/env/env.js';
import { startApp } from './app/start.js';

try {
  const started = await startApp(readEnv());
  process.stdout.write(`${banner(started)}\n`);
} catch (error) {
  process.stderr.write(
    error instanceof EnvError
      ? `Castellan cannot start: its configuration is not valid.\n${error.message}\n`
      : `Castellan cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}
