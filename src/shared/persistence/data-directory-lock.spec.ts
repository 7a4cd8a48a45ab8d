import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataDirectoryInUseError, lockDataDirectory } from './data-directory-lock.js';

/** Takes the lock, says how that went, and lives until it is told to end. */
const PROGRAM = `
  import { lockDataDirectory } from './src/shared/persistence/data-directory-lock.ts';
  try { lockDataDirectory(process.argv[1]); console.log('taken'); } catch (error) { console.log(error.constructor.name); }
  process.stdin.once('data', () => process.exit(0));
`;

const children: ChildProcess[] = [];

/** What a process of its own says about the directory; it lives on. */
async function other(
  directory: string,
): Promise<{ said: string; end(signal?: NodeJS.Signals): Promise<void> }> {
  const program = [
    '--import',
    '@swc-node/register/esm-register',
    '--input-type=module',
    '-e',
    PROGRAM,
    directory,
  ];
  const child = spawn(process.execPath, program, {
    env: { PATH: process.env['PATH'] ?? '', NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim())),
  );
  const end = (signal?: NodeJS.Signals): Promise<void> => {
    if (signal) child.kill(signal);
    else child.stdin.write('end');
    return exited;
  };
  return { said, end };
}

describe(lockDataDirectory.name, () => {
  let parent: string;
  let directory: string;
  let file: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'castellan-lock-'));
    directory = join(parent, 'data');
    file = `${directory}.lock`;
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(parent, { recursive: true, force: true });
  });

  it('makes the directory, refuses a second taker, and is free after the release', () => {
    const release = lockDataDirectory(`${directory}/`);
    expect(existsSync(directory)).toBe(true);
    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUseError);
    expect(() => lockDataDirectory(directory)).toThrow(`in use by process ${process.pid}`);
    release();
    release();
    expect(existsSync(file)).toBe(false);
    lockDataDirectory(directory)();
  });

  it('refuses a second process while the first lives', async () => {
    const release = lockDataDirectory(directory);
    expect((await other(directory)).said).toBe('DataDirectoryInUseError');
    expect((await other(`${directory}-else`)).said).toBe('taken');
    release();
    expect((await other(directory)).said).toBe('taken');
    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUseError);
  });

  it('is given back by a process that ends', async () => {
    const holder = await other(directory);
    await holder.end();
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a process that was killed', async () => {
    const holder = await other(directory);
    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUseError);
    await holder.end('SIGKILL');
    expect(existsSync(file)).toBe(true);
    lockDataDirectory(directory)();
    expect(existsSync(file)).toBe(false);
  });

  it('goes to one of several that take over at once', async () => {
    const dead = await other(directory);
    await dead.end('SIGKILL');
    const takers = await Promise.all(Array.from({ length: 4 }, () => other(directory)));
    expect(takers.filter(({ said }) => said === 'taken')).toHaveLength(1);
  });

  it('is taken over where another process has got the number of the dead one', () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: '1' }));
    const release = lockDataDirectory(directory);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    release();
  });

  it('leaves a lock that somebody is writing, and takes one whose writer died in the middle', () => {
    writeFileSync(file, '');
    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUseError);
    const minuteAgo = Date.now() / 1000 - 60;
    utimesSync(file, minuteAgo, minuteAgo);
    lockDataDirectory(directory)();
  });

  it('gives back nothing that is not its own', () => {
    const release = lockDataDirectory(directory);
    const foreign = JSON.stringify({ pid: 1, startedAt: null });
    writeFileSync(file, foreign);
    release();
    expect(readFileSync(file, 'utf8')).toBe(foreign);
  });

  it('says what else is wrong as it is', () => {
    writeFileSync(directory, 'a file');
    expect(() => lockDataDirectory(directory)).toThrow(/EEXIST|ENOTDIR/);
  });
});
