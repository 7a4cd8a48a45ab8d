import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The data directory is in use by another process. */
export class DataDirectoryInUseError extends Error {}

interface Holder {
  readonly pid: number;
  readonly startedAt: string | null;
}

/**
 * Takes a data directory of the embedded database for this process. Two processes on one directory lose each other's writes without a word, so a
 * second one is refused; a lock whose process is gone is taken over. Returns what gives it back.
 * @throws DataDirectoryInUseError
 */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = `${directory.replace(/\/+$/, '')}.lock`;
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Holder);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      const release = (): void => {
        process.removeListener('exit', release);
        if (contentOf(file) === mine) rmSync(file, { force: true });
      };
      process.once('exit', release);
      return release;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = contentOf(file);
    const holder = parseHolder(found);
    if (holder && isAlive(holder)) {
      throw new DataDirectoryInUseError(
        `The embedded database in ${directory} is in use by process ${holder.pid}. Stop it first, or give this one a DATA_DIR of its own.`,
      );
    }
    // Only the very lock that was judged is removed: a competitor may have taken it over meanwhile.
    if (contentOf(file) === found) rmSync(file, { force: true });
  }
  throw new DataDirectoryInUseError(
    `The embedded database in ${directory} is being taken by other processes. Try again.`,
  );
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    return typeof value.pid === 'number' ? { pid: value.pid, startedAt: value.startedAt ?? null } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A process id is given out again: where the system tells when it started, it has to be the same process.
  return startedAt === null || startOf(pid) === startedAt;
}

/** Start of a process in clock ticks since boot, where /proc tells. */
function startOf(pid: number): string | null {
  const stat = contentOf(join('/proc', String(pid), 'stat'));
  return stat === '' ? null : (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null);
}
