import { Logger } from '@nestjs/common';

export interface PollerOptions {
  /** For the log, e.g. `Revocations of other nodes cannot be read`. */
  readonly trouble: string;
  readonly intervalMs: number;
  /** One look. `startedAt` is on the monotonic clock. */
  readonly read: (startedAt: number) => Promise<void>;
}

/**
 * Looks at something again and again, and at once when it is told to. It works behind a pooler in transaction mode, as LISTEN does not. What was there when
 * the last successful look began has been seen.
 */
export class Poller {
  private readonly logger = new Logger('Feed');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private failing = false;
  private stopped = false;
  /** On the monotonic clock: this is about elapsed time, and no step of the wall clock may stretch it. */
  private completeAt = -Infinity;

  constructor(private readonly options: PollerOptions) {}

  start(): void {
    this.stopped = false;
    this.timer ??= setInterval(() => void this.poll(), this.options.intervalMs).unref();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running;
  }

  /** Milliseconds since the last successful look began. */
  get ageMs(): number {
    return performance.now() - this.completeAt;
  }

  /** Resolves after a look that began no earlier than this call. Never rejects: a failure is logged, once an outage. */
  async poll(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.work().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async work(): Promise<void> {
    do {
      this.again = false;
      await this.once();
    } while (this.isAskedAgain());
  }

  private isAskedAgain(): boolean {
    return this.again && !this.stopped;
  }

  private async once(): Promise<void> {
    const startedAt = performance.now();
    try {
      await this.options.read(startedAt);
      this.completeAt = startedAt;
      if (this.failing) this.logger.log(`This is over: ${this.options.trouble}.`);
      this.failing = false;
    } catch (error) {
      if (!this.failing)
        this.logger.warn(
          `${this.options.trouble}: ${error instanceof Error ? error.message : String(error)}`,
        );
      this.failing = true;
    }
  }
}
