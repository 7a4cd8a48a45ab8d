import { OptionsError } from '../modules/core/index.js';
import { MissingPeerError } from '../shared/peers/optional-peer.js';
import { DataDirectoryInUseError } from '../shared/persistence/data-directory-lock.js';
import { EnvError } from './env/env.js';

/** Their messages say all there is to say. */
const SAID = [DataDirectoryInUseError, MissingPeerError, OptionsError];

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
  '0A000': 'The database lacks something that Castellan needs: the message says what.',
  '42501': "The database's user may not do that: migrations need CREATE on the database.",
};

/** Why the app did not start, for its operator. */
export function startFailure(error: unknown): string {
  return `Castellan cannot start: ${reasonOf(error)}`;
}

/** What an operator can mend, in words and with advice; of anything else the stack. */
export function reasonOf(error: unknown): string {
  if (error instanceof EnvError) return `its configuration is not valid.\n${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const advice = 'code' in error && typeof error.code === 'string' ? ADVICE[error.code] : undefined;
  if (advice) return `${error.message || String(Reflect.get(error, 'code'))}\n${advice}`;
  return SAID.some((kind) => error instanceof kind) ? error.message : (error.stack ?? error.message);
}
