import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from './template.js';

/** PostgreSQL refuses to run as root. */
const OWNER = process.getuid?.() === 0 ? idsOf('postgres') : undefined;

/** A PostgreSQL server of one test's own, which may be stopped and restarted. Needs the server's programs (`pg_config --bindir`). */
export class OwnPostgres {
  private constructor(
    private readonly directory: string,
    private readonly port: number,
  ) {}

  /** Starts one, with every migration applied. */
  static async start(): Promise<OwnPostgres> {
    const directory = mkdtempSync(join(tmpdir(), 'castellan-postgres-'));
    if (OWNER) chownSync(directory, OWNER.uid, OWNER.gid);
    const postgres = new OwnPostgres(directory, await freePort());
    run('initdb', [
      '-D',
      join(directory, 'data'),
      '-U',
      'postgres',
      '-A',
      'trust',
      '--no-sync',
      '-E',
      'UTF8',
    ]);
    postgres.up();
    await migrate({ url: postgres.url });
    return postgres;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  up(): void {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
    this.control(['start', '-o', options, '-l', join(this.directory, 'log')]);
  }

  /** `fast` ends the sessions; `immediate` is a crash, with recovery at the next start. */
  down(mode: 'fast' | 'immediate'): void {
    this.control(['stop', '-m', mode]);
  }

  remove(): void {
    try {
      this.down('immediate');
    } finally {
      rmSync(this.directory, { recursive: true, force: true });
    }
  }

  private control(options: readonly string[]): void {
    run('pg_ctl', ['-D', join(this.directory, 'data'), '-w', '-t', '30', ...options]);
  }
}

function run(program: string, options: readonly string[]): void {
  const directory = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
  // The server keeps its standard streams: nobody may wait for their end.
  const { status, error } = spawnSync(join(directory, program), options, {
    ...OWNER,
    cwd: tmpdir(),
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error(`${program} ${options.join(' ')}: ${error?.message ?? status}`);
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
