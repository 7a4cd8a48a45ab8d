/** What the doctor says of one thing. */
export interface Finding {
  readonly check: string;
  /** A `problem` keeps something from working, or is a hole; a `warning` is for the operator to judge. */
  readonly level: 'ok' | 'warning' | 'problem';
  readonly message: string;
  /** What to do. */
  readonly advice?: string;
}

/** So long a server may take to answer. */
const PATIENCE_MS = 10_000;

/** Whether something answers, and how fast. */
export async function probe(check: string, advice: string, ask: () => Promise<unknown>): Promise<Finding> {
  const started = performance.now();
  try {
    await inTime(ask());
    return { check, level: 'ok', message: `answers in ${Math.round(performance.now() - started)} ms` };
  } catch (error) {
    return { check, level: 'problem', message: wordsOf(error), advice };
  }
}

async function inTime(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An error of several addresses has no message, but its code. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || String(Reflect.get(error, 'code') ?? error.name);
}
