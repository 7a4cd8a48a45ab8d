import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The data directory is in use by another process. */
export class DataDirectoryInUseError extends Error {}

interface Holder {
  readonly pid: number;
  readonly startedAt: string | null;
}

/** A lock without a word in it is being written at this moment, or its writer died in that moment. */
const WRITING_MS = 5_000;
/** How long those who take over a dead process's lock at once wait to see which of them has it. */
const SETTLE_MS = 50;

/**
 * Takes a data directory of the embedded database for this process. Two processes on one directory lose each other's writes without a word, so a
 * second one is refused; a lock whose process is gone is taken over. Returns what gives it back.
 * @throws DataDirectoryInUseError
 */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = `${directory.replace(/\/+$/, '')}.lock`;
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) } satisfies Holder);
  if (!create(file, mine)) {
    assertAbandoned(directory, file);
    takeOver(file, mine);
    if (contentOf(file) !== mine)
      throw inUse(directory, 'other processes, which are taking it at this moment');
  }
  const release = (): void => {
    process.removeListener('exit', release);
    if (contentOf(file) === mine) rmSync(file, { force: true });
  };
  process.once('exit', release);
  return release;
}

function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function assertAbandoned(directory: string, file: string): void {
  const holder = parseHolder(contentOf(file));
  if (holder && isAlive(holder)) throw inUse(directory, `process ${holder.pid}`);
  if (!holder && ageOf(file) < WRITING_MS) throw inUse(directory, 'a process that has just begun');
}

/** Renaming replaces the old lock in one step. Of several who do it at once the last keeps it, and all of them look after a while. */
function takeOver(file: string, content: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SETTLE_MS);
}

function inUse(directory: string, by: string): DataDirectoryInUseError {
  return new DataDirectoryInUseError(
    `The embedded database in ${directory} is in use by ${by}. Stop it first, or give this one a DATA_DIR of its own.`,
  );
}

function ageOf(file: string): number {
  const modified = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modified === undefined ? Infinity : Date.now() - modified;
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
