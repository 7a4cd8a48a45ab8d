import { jest } from '@jest/globals';
import { SystemClock } from '../../src/shared/time/clock.js';
import { parseDuration } from '../../src/shared/time/duration.js';

/**
 * Moves the clock of every application of this test file; it goes on from there. Meant for expiries: what waits for a timer waits as long as before.
 */
export class TimeMachine {
  private offset = 0;

  install(): this {
    jest.spyOn(SystemClock.prototype, 'now').mockImplementation(() => new Date(Date.now() + this.offset));
    return this;
  }

  advance(duration: string): void {
    this.offset += parseDuration(duration);
  }

  /** To the present. */
  reset(): void {
    this.offset = 0;
  }
}
