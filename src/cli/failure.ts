import { reasonOf } from '../app/start-failure.js';
import { AuthError } from '../shared/errors/auth-error.js';
import { NotMigratedError } from '../shared/persistence/migration-runner.js';
import { CommandError } from './command-error.js';

/** Why a command failed, for whoever called it. */
export function failureOf(error: unknown): string {
  if (error instanceof AuthError) return `${error.message} (${[error.code, ...fieldsOf(error)].join(', ')})`;
  if (error instanceof CommandError || error instanceof NotMigratedError) return error.message;
  // A file that cannot be read or written, say: Node's words name it.
  if (error instanceof Error && 'path' in error && 'syscall' in error) return error.message;
  return reasonOf(error);
}

function fieldsOf({ fields = [] }: AuthError): string[] {
  return fields.map(({ field, message }) => `${field}: ${message}`);
}
