import { connect, createServer, type Server, type Socket } from 'node:net';
import type { TestDatabase } from './database.js';

/** A way to a PostgreSQL server that can be closed and opened again, as a network is. */
export class FlakyDatabase {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;

  private constructor(private readonly target: URL) {}

  static async before(database: TestDatabase): Promise<FlakyDatabase> {
    const flaky = new FlakyDatabase(new URL(database.url ?? ''));
    await flaky.up();
    return flaky;
  }

  /** As the database itself, through here. */
  through(database: TestDatabase): TestDatabase {
    const url = new URL(database.url ?? '');
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return { ...database, url: url.href };
  }

  /** From now on connections are refused, and those that are open break. */
  async down(): Promise<void> {
    const closed = new Promise<void>((resolve) =>
      this.server ? this.server.close(() => resolve()) : resolve(),
    );
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  async up(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(Number(this.target.port || 5432), this.target.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    this.server = server;
  }
}
