import type { Logger } from '@nestjs/common';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** A store that does not answer: said once, asked less and less often, and said again once it is over. */
export class Outage {
  private failures = 0;
  /** On the monotonic clock: this is about elapsed time. */
  private pausedUntil = 0;

  constructor(
    private readonly logger: Logger,
    /** What cannot be done meanwhile, e.g. `The outbox cannot be read`. */
    private readonly trouble: string,
  ) {}

  /** Whether whoever asks by themselves should wait. */
  get paused(): boolean {
    return performance.now() < this.pausedUntil;
  }

  failed(reason: string): void {
    if (this.failures === 0) this.logger.warn(`${this.trouble}, and will be tried again: ${reason}`);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, LONGEST_PAUSE_MS);
    this.failures += 1;
    this.pausedUntil = performance.now() + pause;
  }

  succeeded(): void {
    if (this.failures > 0)
      this.logger.log(`This is over, after ${this.failures} failed attempts: ${this.trouble}.`);
    this.failures = 0;
    this.pausedUntil = 0;
  }
}
