import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from './template.js';

/** PostgreSQL and pgbouncer refuse to run as root. */
export const SERVICE_USER = process.getuid?.() === 0 ? idsOf('postgres') : undefined;

/** A PostgreSQL server of one test's own, which may be stopped and restarted. Needs the server's programs (`pg_config --bindir`). */
export class OwnPostgres {
  private constructor(
    private readonly directory: string,
    private readonly port: number,
  ) {}

  /** Starts one, with every migration applied. */
  static async start(): Promise<OwnPostgres> {
    const directory = mkdtempSync(join(tmpdir(), 'castellan-postgres-'));
    if (SERVICE_USER) chownSync(directory, SERVICE_USER.uid, SERVICE_USER.gid);
    const postgres = new OwnPostgres(directory, await freePort());
    const options = ['-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8'];
    await run('initdb', ['-D', join(directory, 'data'), ...options]);
    await postgres.up();
    await migrate({ url: postgres.url });
    return postgres;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  /** Until it answers. */
  up(): Promise<void> {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    return this.control(['start', '-o', options, '-l', join(this.directory, 'log')]);
  }

  /** `fast` ends the sessions; `immediate` is a crash, with recovery at the next start. */
  down(mode: 'fast' | 'immediate'): Promise<void> {
    return this.control(['stop', '-m', mode]);
  }

  async remove(): Promise<void> {
    try {
      await this.down('immediate');
    } finally {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }

  private control(options: readonly string[]): Promise<void> {
    return run('pg_ctl', ['-D', join(this.directory, 'data'), '-w', '-t', '30', ...options]);
  }
}

/** Whoever loads the application meanwhile goes on. */
async function run(program: string, options: readonly string[]): Promise<void> {
  const directory = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
  // The server keeps its standard streams: nobody may wait for their end.
  const child = spawn(join(directory, program), options, { ...SERVICE_USER, cwd: tmpdir(), stdio: 'ignore' });
  const outcome = await new Promise<unknown>((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  });
  if (outcome !== 0) throw new Error(`${program} ${options.join(' ')}: ${String(outcome)}`);
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}
