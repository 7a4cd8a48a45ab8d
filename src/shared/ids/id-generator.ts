import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../time/clock.js';

/** Where the ids of all records come from. */
export abstract class IdGenerator {
  abstract next(): string;
}

const HIGHEST_COUNTER = 0xfff;
const FREE_HALF = 0x7ff;

/**
 * UUID version 7 (RFC 9562 section 5.7) with the 12 bits after the time as a counter (section 6.2, method 1):
 * ids of one generator rise strictly, within a millisecond and when the clock is set back too.
 */
@Injectable()
export class UuidV7Generator extends IdGenerator {
  private time = -1;
  private counter = 0;

  constructor(@Inject(Clock) private readonly clock: Clock) {
    super();
  }

  override next(): string {
    const random = randomUUID();
    const now = this.clock.now().getTime();
    if (now > this.time) {
      this.time = now;
      // Seeded in the lower half, so that at least 2048 more fit into the millisecond.
      this.counter = Number.parseInt(random.slice(0, 3), 16) & FREE_HALF;
    } else if (++this.counter > HIGHEST_COUNTER) {
      this.time += 1;
      this.counter = 0;
    }
    return assemble(this.time, this.counter, random);
  }
}

/** The last two groups of a random UUID are 62 random bits behind the right variant. */
function assemble(time: number, counter: number, random: string): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${random.slice(19)}`;
}
