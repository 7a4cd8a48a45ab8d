import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseUrl } from '../global-setup.js';
import { sql } from './sql.js';
import { freePort, SERVICE_USER } from './own-postgres.js';

/** Where Debian puts it is in nobody's PATH but root's. */
const PROGRAM = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find(existsSync);

/** pgbouncer in transaction mode, before the server of `DATABASE_URL`, with fewer connections than one node's pool. */
export class OwnPgbouncer {
  static readonly isInstalled = PROGRAM !== undefined;

  private constructor(
    private readonly directory: string,
    private readonly child: ChildProcess,
    /** `127.0.0.1:…` */
    readonly address: string,
  ) {}

  static async start(): Promise<OwnPgbouncer> {
    const directory = mkdtempSync(join(tmpdir(), 'castellan-pgbouncer-'));
    const server = new URL(databaseUrl ?? '');
    const port = await freePort();
    const file = join(directory, 'pgbouncer.ini');
    const password = server.password ? ` password=${decodeURIComponent(server.password)}` : '';
    writeFileSync(
      file,
      `[databases]
* = host=${server.hostname} port=${server.port || '5432'} user=${server.username || 'postgres'}${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 5
max_client_conn = 500
ignore_startup_parameters = statement_timeout
`,
      { mode: 0o600 },
    );
    if (SERVICE_USER)
      for (const path of [directory, file]) chownSync(path, SERVICE_USER.uid, SERVICE_USER.gid);
    const child = spawn(PROGRAM ?? 'pgbouncer', [file], { ...SERVICE_USER, cwd: directory, stdio: 'ignore' });
    const pgbouncer = new OwnPgbouncer(directory, child, `127.0.0.1:${port}`);
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if ((await pgbouncer.transactions().catch(() => null)) !== null) return pgbouncer;
      await sleep(50);
    }
    throw new Error(`pgbouncer does not start: ${execFileSync('head', ['-5', file], { encoding: 'utf8' })}`);
  }

  /** That it has passed on so far, over all databases. */
  async transactions(): Promise<number> {
    const stats = await sql<{ total_xact_count: string }>(
      `postgres://postgres@${this.address}/pgbouncer`,
      'SHOW STATS',
    );
    return stats.reduce((sum, row) => sum + Number(row.total_xact_count), 0);
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.directory, { recursive: true, force: true });
  }
}
