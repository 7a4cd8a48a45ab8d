import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that breaks at a given packet, and is whole again at once. */
export class CuttingProxy {
  private readonly sockets = new Set<Socket>();
  private left = Infinity;

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {}

  static async before(url: string): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(new URL(url), server);
    server.on('connection', (near) => proxy.join(near));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.server.address() as AddressInfo).port);
    return url.href;
  }

  /** Breaks the connection that carries the `nth` packet from now on, before it is passed on; once. */
  cutAt(nth: number): void {
    this.left = nth;
  }

  /** Whether the cut has come. */
  disarm(): boolean {
    const cut = this.left <= 0;
    this.left = Infinity;
    return cut;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => void this.server.close(() => resolve()));
  }

  private join(near: Socket): void {
    const far = connect(Number(this.target.port || 5432), this.target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
      from.on('data', (packet) => {
        if (this.left > 0 && this.left !== Infinity) {
          this.left -= 1;
          if (this.left === 0) {
            near.resetAndDestroy();
            far.destroy();
            return;
          }
        }
        to.write(packet);
      });
    }
  }
}
