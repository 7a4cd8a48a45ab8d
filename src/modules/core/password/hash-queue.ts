import { AuthError } from '../../../shared/errors/auth-error.js';
import { inSpan } from '../../../shared/tracing/traced.js';
import { PasswordErrors } from './password.errors.js';

/** One place in the queue, held from `reserve` to `release`. */
export interface HashPlace {
  /** Waits for its turn and runs the work. May be called again, one after another. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Gives the place back. Further calls do nothing. */
  release(): void;
}

/** By the mean of the latest hashes; whoever would have to wait for longer is refused. A burst slows the hashes that it waits for: it may become twice that. */
const LONGEST_WAIT_MS = 2_500;
/** How much one new measurement moves the mean. */
const SMOOTHING = 0.1;

/** Bounds how many hashes are computed at a time and how many may wait. First come, first served. */
export class HashQueue {
  private active = 0;
  private places = 0;
  /** 0: none has been measured. */
  private meanMs = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly concurrency: number,
    private readonly maxQueue: number,
  ) {}

  /** Hashes being computed. */
  get running(): number {
    return this.active;
  }

  /** Places held beside those: waiting for their turn, or reserved for a moment later. */
  get queued(): number {
    return Math.max(0, this.places - this.active);
  }

  /** Takes a place. Throws `hashing_busy` (503 with Retry-After) at once where there is none. */
  reserve(): HashPlace {
    const full = this.places >= this.concurrency + this.maxQueue;
    if (full || (this.places >= this.concurrency && this.drainMs() > LONGEST_WAIT_MS)) {
      const retryAfterSeconds = Math.max(1, Math.ceil(this.drainMs() / 1000));
      throw new AuthError(PasswordErrors.hashing_busy, { retryAfterSeconds });
    }
    this.places += 1;
    let held = true;
    return {
      run: (work) => {
        if (!held) return Promise.reject(new Error('This place in the hash queue has been released'));
        return inSpan('castellan.password.hash', () => this.execute(work));
      },
      release: () => {
        if (held) this.places -= 1;
        held = false;
      },
    };
  }

  /** `reserve`, `run` and `release` in one. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const place = this.reserve();
    try {
      return await place.run(work);
    } finally {
      place.release();
    }
  }

  private async execute<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    const start = performance.now();
    try {
      return await work();
    } finally {
      const took = performance.now() - start;
      this.meanMs += this.meanMs === 0 ? took : SMOOTHING * (took - this.meanMs);
      this.pass();
    }
  }

  private turn(): Promise<void> | undefined {
    if (this.active >= this.concurrency) return new Promise((resolve) => this.waiting.push(resolve));
    this.active += 1;
    return undefined;
  }

  /** The turn goes straight to the next in line, so that a newcomer cannot slip in between. */
  private pass(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.active -= 1;
  }

  private drainMs(): number {
    return (this.places * this.meanMs) / this.concurrency;
  }
}
