import 'reflect-metadata';
import { EnvError, readEnv } from './app/env/env.js';
import { IMPORT_USAGE, importUsers, readImportOrder, UsageError } from './app/users-import.js';
import { OptionsError } from './modules/core/index.js';
import { DataDirectoryInUseError } from './shared/persistence/data-directory-lock.js';

try {
  const order = readImportOrder(process.argv.slice(2));
  // Some accounts were not made: as a script would want to know it.
  if (!(await importUsers(readEnv(), order, process.stderr))) process.exitCode = 2;
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}

/** What an operator can mend is said without a stack. */
function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n${IMPORT_USAGE}`;
  if (error instanceof EnvError || error instanceof DataDirectoryInUseError || error instanceof OptionsError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
