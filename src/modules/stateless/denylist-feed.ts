import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { FanOut } from '../../shared/fan-out/fan-out.js';
import { Poller } from '../../shared/feed/poller.js';
import { Clock } from '../../shared/time/clock.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { Denylist } from './denylist.js';
import { StatelessOptions } from './stateless.options.js';

/** An entry can become visible so much later than it was recorded: longer than a transaction takes. */
const OVERLAP_MS = 10_000;
const SWEEP_MS = 60_000;

/** What nodes announce when they have revoked something. */
export const REVOCATIONS = 'revocations';

/** Keeps the denylist complete: loads it at the start, and reads what other nodes have revoked ever after. */
@Injectable()
export class DenylistFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly poller: Poller;
  private readUntil: Date | null = null;
  private sweptAt = 0;

  constructor(
    private readonly blacklist: BlacklistRepository,
    private readonly denylist: Denylist,
    private readonly fanOut: FanOut,
    private readonly clock: Clock,
    options: StatelessOptions,
  ) {
    this.poller = new Poller({
      trouble: 'Revocations of other nodes cannot be read',
      intervalMs: options.pollIntervalMs,
      read: (startedAt) => this.read(startedAt),
    });
  }

  /** A store that does not answer yet stops nothing: until it does, every request asks it. */
  async onApplicationBootstrap(): Promise<void> {
    this.fanOut.subscribe(REVOCATIONS, () => void this.poll());
    await this.poll();
    this.poller.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.poller.stop();
  }

  /** One look at the store that begins now or later; simultaneous calls share it. */
  poll(): Promise<void> {
    return this.poller.poll();
  }

  private async read(startedAt: number): Promise<void> {
    const after = this.readUntil && new Date(this.readUntil.getTime() - OVERLAP_MS);
    const { entries, recordedUntil } = await this.blacklist.since(after, this.clock.now());
    this.denylist.add(entries);
    this.denylist.markComplete(startedAt);
    this.readUntil = recordedUntil;
    this.sweep(startedAt);
  }

  private sweep(at: number): void {
    if (at - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = at;
    this.denylist.sweep();
  }
}
