import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import { Clock } from '../../../shared/time/clock.js';
import { LoginFailed, SessionCreated } from '../../core/index.js';
import { type DailyCount, DailyCountRepository, type DailyMetric } from './daily-count.repository.js';

const FLUSH_MS = 5_000;

/**
 * Counts sign-ins by day, in memory, and adds them up in the store every few seconds: no sign-in waits for it, and no row is written by all of them. What a node
 * has not written when it is killed is not counted.
 */
@Injectable()
export class LoginCounter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(LoginCounter.name);
  private pending = new Map<string, DailyCount>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly counts: DailyCountRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  @OnAuthEvent(SessionCreated, { phase: 'after_commit' })
  onLogin(): void {
    this.note('logins');
  }

  @OnAuthEvent(LoginFailed, { phase: 'after_commit' })
  onFailure(): void {
    this.note('failed_logins');
  }

  /** Writes what this node has counted. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  private note(metric: DailyMetric): void {
    const day = this.clock.now().toISOString().slice(0, 10);
    const key = `${day} ${metric}`;
    this.pending.set(key, { day, metric, count: (this.pending.get(key)?.count ?? 0) + 1 });
  }

  private async write(): Promise<void> {
    if (this.pending.size === 0) return;
    const counted = [...this.pending.values()];
    this.pending = new Map();
    try {
      await this.counts.add(counted);
    } catch (error) {
      this.logger.warn(
        `Sign-ins could not be counted: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
