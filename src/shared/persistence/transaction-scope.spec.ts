import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TransactionScope } from './transaction-scope.js';

describe('TransactionScope', () => {
  it('passes each transaction on to its own work alone', async () => {
    const scope = new TransactionScope<string>();
    const seen = (name: string) =>
      scope.run(name, async () => {
        await turn();
        return scope.current;
      });
    expect(await Promise.all([seen('one'), seen('two')])).toEqual(['one', 'two']);
    expect(scope.current).toBeUndefined();
  });

  it('is left, and entered again, by work inside it', async () => {
    const scope = new TransactionScope<string>();
    await scope.run('one', () => {
      expect(scope.leave(() => scope.current)).toBeUndefined();
      expect(scope.current).toBe('one');
    });
  });

  it('passes nothing on once none is open, to what went on by itself either', async () => {
    const scope = new TransactionScope<string>();
    let later: Promise<string | undefined> | undefined;
    await scope.run('one', () => {
      later = turn().then(() => turn().then(() => scope.current));
    });
    expect(await later).toBeUndefined();
    await expect(scope.run('two', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(scope.run('three', () => Promise.resolve(scope.current))).resolves.toBe('three');
  });
});
