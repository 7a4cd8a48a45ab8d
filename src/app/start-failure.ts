import { OptionsError } from '../modules/core/index.js';
import { MissingPeerError } from '../shared/peers/optional-peer.js';
import { DataDirectoryInUseError } from '../shared/persistence/data-directory-lock.js';
import { EnvError } from './env/env.js';

/** Codes of Node.js and SQLSTATEs that an operator can mend, with the advice. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Something listens there already: stop it, or give another PORT.',
  EACCES: 'This process may not do that: check PORT, HOST and DATA_DIR.',
  ECONNREFUSED: 'No database answers there: check DATABASE_URL.',
  ENOTFOUND: 'There is no such host: check DATABASE_URL.',
  ETIMEDOUT: 'The database does not answer: check DATABASE_URL.',
  '28000': 'The database refuses the user: check DATABASE_URL.',
  '28P01': 'The database refuses the password: check DATABASE_URL.',
  '3D000': 'Create the database, or check DATABASE_URL.',
  '42501': "The database's user may not do that: migrations need CREATE on the database.",
};

/** Their messages say what is to be done. */
const MENDABLE = [DataDirectoryInUseError, MissingPeerError, OptionsError];

/** Why the app did not start, for its operator. What can be mended is said without a stack. */
export function startFailure(error: unknown): string {
  if (error instanceof EnvError)
    return `Castellan cannot start: its configuration is not valid.\n${error.message}`;
  if (error instanceof Error && MENDABLE.some((kind) => error instanceof kind))
    return `Castellan cannot start: ${error.message}`;
  if (!(error instanceof Error)) return `Castellan cannot start: ${String(error)}`;
  const advice = 'code' in error && typeof error.code === 'string' ? ADVICE[error.code] : undefined;
  return `Castellan cannot start: ${advice ? `${error.message}\n${advice}` : (error.stack ?? error.message)}`;
}
