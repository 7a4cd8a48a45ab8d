import { statSync } from 'node:fs';
import type { Env } from '../../app/env/env.js';
import type { Finding } from './finding.js';

/** What only the standalone app's environment tells. */
export function environmentFindings(env: Env): Finding[] {
  const production = env.NODE_ENV === 'production';
  const findings: (Omit<Finding, 'check' | 'level'> | false)[] = [
    production &&
      env.STORE_BACKEND !== 'sql' && {
        message: 'accounts are kept in memory, and gone at the end',
        advice: 'Leave STORE_BACKEND out.',
      },
    production &&
      env.STORE_BACKEND === 'sql' &&
      !env.DATABASE_URL && {
        message: 'the embedded database serves one process',
        advice: 'Set DATABASE_URL.',
      },
    production &&
      env.DOCS === true && { message: 'Swagger UI is open to everybody', advice: 'Leave DOCS out.' },
    env.BOOTSTRAP_ADMIN_PASSWORD !== null && {
      message: 'the password of the first super admin is in the environment',
      advice: 'Take BOOTSTRAP_ADMIN_* out once the account is there; castellan admin create makes others.',
    },
    env.AUTH_SIGNING_KEYS_FILE !== null &&
      isReadableByOthers(env.AUTH_SIGNING_KEYS_FILE) && {
        message: `others can read ${env.AUTH_SIGNING_KEYS_FILE}`,
        advice: `chmod 600 ${env.AUTH_SIGNING_KEYS_FILE}`,
      },
  ];
  return findings.flatMap((finding) =>
    finding ? [{ check: 'environment', level: 'warning' as const, ...finding }] : [],
  );
}

/** A file that is not there is told of where it is read. */
function isReadableByOthers(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o007) !== 0;
}
