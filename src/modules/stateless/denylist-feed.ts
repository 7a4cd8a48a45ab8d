import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../../shared/time/clock.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { Denylist } from './denylist.js';
import { StatelessOptions } from './stateless.options.js';

/** An entry can become visible so much later than it was recorded: longer than a transaction takes. */
const OVERLAP_MS = 10_000;
const SWEEP_MS = 60_000;

/** Keeps the denylist complete: loads it at the start, and reads what other nodes have revoked ever after. */
@Injectable()
export class DenylistFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DenylistFeed.name);
  private readUntil: Date | null = null;
  private sweptAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private failing = false;

  constructor(
    private readonly blacklist: BlacklistRepository,
    private readonly denylist: Denylist,
    private readonly clock: Clock,
    private readonly options: StatelessOptions,
  ) {}

  /** A store that does not answer yet stops nothing: until it does, every request asks it. */
  async onApplicationBootstrap(): Promise<void> {
    await this.poll();
    this.timer = setInterval(() => void this.poll(), this.options.pollIntervalMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One look at the store; simultaneous calls share it. */
  poll(): Promise<void> {
    this.running ??= this.read().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async read(): Promise<void> {
    const startedAt = performance.now();
    try {
      const after = this.readUntil && new Date(this.readUntil.getTime() - OVERLAP_MS);
      const { entries, recordedUntil } = await this.blacklist.since(after, this.clock.now());
      this.denylist.add(entries);
      this.denylist.markComplete(startedAt);
      this.readUntil = recordedUntil;
      this.failing = false;
      this.sweep(startedAt);
    } catch (error) {
      // Once an outage, not twice a second.
      if (!this.failing)
        this.logger.warn(
          `Revocations of other nodes cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        );
      this.failing = true;
    }
  }

  private sweep(at: number): void {
    if (at - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = at;
    this.denylist.sweep();
  }
}
