import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../src/testing/test-client.js';

export interface Outcome {
  /** When it was sent, and how long the answer took (milliseconds). */
  readonly at: number;
  readonly took: number;
  /** 0: there was no answer. */
  readonly status: number;
  readonly problem: boolean;
  readonly retryAfter: string | null;
}

/** Requests at a steady rate, whatever becomes of those before. */
export class Traffic {
  readonly outcomes: Outcome[] = [];
  private readonly pending = new Set<Promise<void>>();
  private running = true;
  private readonly pump: Promise<void>;

  constructor(
    perSecond: number,
    private readonly request: (count: number) => Promise<Answer>,
  ) {
    this.pump = this.run(1_000 / perSecond);
  }

  /** Sends no more, and waits for the answers. */
  async stop(): Promise<Outcome[]> {
    this.running = false;
    await this.pump;
    await Promise.all(this.pending);
    return this.outcomes;
  }

  /** By the clock, not by pauses: what a timer is late does not add up. */
  private async run(everyMs: number): Promise<void> {
    const start = performance.now();
    for (let count = 0; this.running; count += 1) {
      const sent = this.send(count);
      this.pending.add(sent);
      void sent.then(() => this.pending.delete(sent));
      await sleep(Math.max(0, start + (count + 1) * everyMs - performance.now()));
    }
  }

  private async send(count: number): Promise<void> {
    const at = performance.now();
    const answer = await this.request(count).catch(() => null);
    this.outcomes.push({
      at,
      took: performance.now() - at,
      status: answer?.status ?? 0,
      problem: answer?.headers.get('content-type')?.includes('problem+json') ?? false,
      retryAfter: answer?.headers.get('retry-after') ?? null,
    });
  }
}

/** Answers that no fault excuses: 5xx other than a 503 that says when to come again, and silence. */
export function inexcusable(outcomes: readonly Outcome[]): Outcome[] {
  return outcomes.filter(
    ({ status, problem, retryAfter }) =>
      status === 0 || (status >= 500 && !(status === 503 && problem && retryAfter !== null)),
  );
}

/** The share `part` of the answers took no longer (milliseconds). */
export function quantile(outcomes: readonly Pick<Outcome, 'took'>[], part: number): number {
  const sorted = outcomes.map(({ took }) => took).sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Requests a second that were really sent. */
export function rateOf(outcomes: readonly Outcome[]): number {
  const sent = outcomes.map(({ at }) => at);
  return (outcomes.length - 1) / ((Math.max(...sent) - Math.min(...sent)) / 1_000);
}

/** A figure that a run has measured, on its output. */
export function report(fault: string, figures: string): void {
  process.stdout.write(`${fault}: ${figures}\n`);
}
