/** Where `runner.cjs` finds them. */
const ENDS = Symbol.for('castellan.test.after-file');

/** Runs `end` once, after the test file that runs now. A hook of Jest's own could only be set before its tests run. */
export function afterFile(end: () => Promise<void>): void {
  const ends = Reflect.get(globalThis, ENDS) as (() => Promise<void>)[] | undefined;
  if (ends) ends.push(end);
  else Reflect.set(globalThis, ENDS, [end]);
}
