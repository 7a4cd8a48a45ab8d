import type { Loaded } from './bench-database.js';
import type { Question } from './question.js';

const ROUNDS = 300;
const WARM_UP = 50;
/** What a list of a million may take, of the time that one of a thousand takes. */
export const MOST_GROWTH = 1.3;

export interface Growth {
  readonly title: string;
  readonly small: number;
  readonly large: number;
}

export type Ask = (loaded: Loaded) => Promise<Question[]>;

/** Medians, in milliseconds, of rounds that take turns: first pages and pages from the middle, as the repository answers them. */
export async function growthOf(small: Loaded, large: Loaded, ask: Ask): Promise<Growth[]> {
  const [few, many] = [await ask(small), await ask(large)];
  const growths: Growth[] = [];
  for (const [index, { about, title, ask: askFew }] of few.entries()) {
    const askMany = many[index]?.ask;
    if (!askMany || !/^(first|keyset) page/.test(title)) continue;
    const times: [number[], number[]] = [[], []];
    for (let round = -WARM_UP; round < ROUNDS; round += 1)
      for (const [at, each] of [askFew, askMany].entries()) {
        const start = performance.now();
        await each();
        if (round >= 0) times[at]?.push(performance.now() - start);
      }
    growths.push({ title: `${about}: ${title}`, small: medianOf(times[0]), large: medianOf(times[1]) });
  }
  return growths;
}

function medianOf(times: readonly number[]): number {
  return [...times].sort((one, other) => one - other)[times.length >> 1] ?? NaN;
}
