/** Drops the template database of this run, and whatever clone was left behind. */
export default async function globalTeardown(): Promise<void> {
  const drop: unknown = Reflect.get(globalThis, Symbol.for('castellan.test.teardown'));
  if (typeof drop === 'function') await drop();
}
