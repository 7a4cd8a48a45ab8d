import { Clock } from './clock.js';
import { parseDuration } from './duration.js';

/** A clock that stands still until a test moves it. Starts at 2026-01-01T00:00:00.000Z. */
export class FakeClock extends Clock {
  private milliseconds: number;

  constructor(start: Date | string = '2026-01-01T00:00:00.000Z') {
    super();
    this.milliseconds = validTime(start);
  }

  override now(): Date {
    return new Date(this.milliseconds);
  }

  /** Jumps to an instant, forwards or backwards. */
  set(instant: Date | string): void {
    this.milliseconds = validTime(instant);
  }

  /** Moves by milliseconds, or by a duration such as `15m`. */
  advance(duration: number | string): void {
    const by = typeof duration === 'number' ? duration : parseDuration(duration);
    this.milliseconds = validTime(new Date(this.milliseconds + by));
  }
}

function validTime(instant: Date | string): number {
  const time = new Date(instant).getTime();
  if (Number.isNaN(time)) throw new RangeError('FakeClock: not a valid time');
  return time;
}
