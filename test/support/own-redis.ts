import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRedisClient } from '../../src/shared/redis/redis-client.js';
import { freePort } from './own-postgres.js';

/** A Redis of one test's own, which may be stopped, frozen and emptied. Needs `redis-server`. */
export class OwnRedis {
  private child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort());
    await redis.up();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    this.child = spawn('redis-server', ['--port', String(this.port), '--bind', '127.0.0.1', '--save', ''], {
      stdio: 'ignore',
    });
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const client = await createRedisClient(this.url);
      const answers = await client.ping().catch(() => null);
      client.disconnect();
      if (answers) return;
      await sleep(50);
    }
    throw new Error('redis-server does not start.');
  }

  async down(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await exited;
  }

  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  async flush(): Promise<void> {
    const client = await createRedisClient(this.url);
    await client.flushall();
    client.disconnect();
  }
}
