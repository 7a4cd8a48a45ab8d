import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { SessionRepository } from './session.repository.js';

const FLUSH_MS = 5_000;
const BATCH = 500;
const LONGEST_INTERVAL_MS = 60_000;

/**
 * Notes when a session was used: at most once a minute a session (more often where sessions end by idleness sooner), written in the background, off
 * the path of requests.
 */
@Injectable()
export class LastUseRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LastUseRecorder.name);
  private readonly intervalMs: number;
  /** Last notes of this node, by family; those older than the interval are dropped at each flush. */
  private readonly noted = new Map<string, number>();
  private pending = new Map<string, Date>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
    options: ResolvedCoreOptions,
  ) {
    this.intervalMs = Math.min(LONGEST_INTERVAL_MS, (options.session.idleTtlMs ?? Infinity) / 4);
  }

  onApplicationBootstrap(): void {
    // Started here and not by a request: a timer inherits the transaction of what started it.
    this.timer = setInterval(() => void this.flush(), Math.min(FLUSH_MS, this.intervalMs)).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** `lastUsedAt` is what the store says, where it was read. */
  record(familyId: string, lastUsedAt?: Date): void {
    const now = this.clock.now().getTime();
    if (now - this.lastUse(familyId, lastUsedAt) < this.intervalMs) return;
    this.noted.set(familyId, now);
    this.pending.set(familyId, new Date(now));
  }

  /** Milliseconds since the epoch: the later of what the store says and what this node has noted since. */
  lastUse(familyId: string, lastUsedAt?: Date): number {
    return Math.max(this.noted.get(familyId) ?? -Infinity, lastUsedAt?.getTime() ?? -Infinity);
  }

  /** Writes what has been noted. Uses that cannot be written are lost, and said so. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  private async write(): Promise<void> {
    const uses = Array.from(this.pending, ([familyId, at]) => ({ familyId, at }));
    this.pending = new Map();
    try {
      for (let from = 0; from < uses.length; from += BATCH)
        await this.sessions.touch(uses.slice(from, from + BATCH));
    } catch (error) {
      this.logger.warn(
        `Last uses of sessions were not written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    const oldest = this.clock.now().getTime() - this.intervalMs;
    for (const [familyId, at] of this.noted) if (at <= oldest) this.noted.delete(familyId);
  }
}
