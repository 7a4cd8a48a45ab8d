import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { AttemptBudgetRepository } from '../../modules/core/token/attempt-budget.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { type ContractSetup, describeContract, MINUTE_MS, NOW, type Ports } from './contract-store.js';

/** What every TransactionRunner has to do. Run it on a store of your own; it needs the AttemptBudgetRepository too, to write and read something. */
export function describeTransactionRunner(name: string, setup: ContractSetup): void {
  describeContract(`${name} has a TransactionRunner`, setup, (ports) => {
    describeWork(ports);
    describeAfterCommit(ports);
  });
}

/** Counts, and says how often it has. */
function counter(ports: Ports) {
  return async (subject: string): Promise<number> =>
    (await ports(AttemptBudgetRepository).reserve('test', subject, MINUTE_MS, NOW)).attempts;
}

async function failing(work: Promise<unknown>): Promise<void> {
  await expect(work).rejects.toThrow('no');
}

function describeWork(ports: Ports): void {
  const transactions = () => ports(TransactionRunner);
  const count = counter(ports);

  it('gives back what the work returns, and keeps what it wrote', async () => {
    expect(transactions().active).toBe(false);
    const result = await transactions().run(async () => {
      expect(transactions().active).toBe(true);
      return count('ada');
    });
    expect(result).toBe(1);
    expect(transactions().active).toBe(false);
    expect(await count('ada')).toBe(2);
  });

  it('takes back all that was written, and throws the very error', async () => {
    await count('ada');
    const error = new Error('no');
    const work = transactions().run(async () => {
      expect(await count('ada')).toBe(2);
      expect(await count('grace')).toBe(1);
      throw error;
    });
    await expect(work).rejects.toBe(error);
    expect(transactions().active).toBe(false);
    expect(await count('ada')).toBe(2);
    expect(await count('grace')).toBe(1);
  });

  it('joins the open transaction, however deep: the outermost decides', async () => {
    const nested = (fail: boolean) =>
      transactions().run(async () => {
        await count('outer');
        await transactions().run(() => transactions().run(() => count('inner')));
        if (fail) throw new Error('no');
      });
    await failing(nested(true));
    expect([await count('outer'), await count('inner')]).toEqual([1, 1]);
    await nested(false);
    expect([await count('outer'), await count('inner')]).toEqual([3, 3]);
  });

  it('keeps what a joined part wrote whose error was caught', async () => {
    await transactions().run(async () => {
      const part = transactions().run(async () => {
        await count('inner');
        throw new Error('no');
      });
      await failing(part);
      await count('outer');
    });
    expect([await count('outer'), await count('inner')]).toEqual([2, 2]);
  });

  it('keeps simultaneous transactions apart', async () => {
    const subjects = Array.from({ length: 10 }, (_, index) => `subject ${index}`);
    const run = (subject: string, index: number) =>
      transactions().run(async () => {
        await count(subject);
        await turn();
        if (index % 2) throw new Error('no');
        return count(subject);
      });
    const results = await Promise.allSettled(subjects.map(run));
    expect(results.map(({ status }) => status)).toEqual(
      subjects.map((_, index) => (index % 2 ? 'rejected' : 'fulfilled')),
    );
    for (const [index, subject] of subjects.entries()) expect(await count(subject)).toBe(index % 2 ? 1 : 3);
  });
}

function describeAfterCommit(ports: Ports): void {
  const transactions = () => ports(TransactionRunner);
  const count = counter(ports);

  it('waits for the outermost commit, and keeps the order', async () => {
    const said: string[] = [];
    await transactions().run(async () => {
      transactions().afterCommit(() => void said.push('first'));
      await transactions().run(async () => {
        transactions().afterCommit(async () => {
          await turn();
          said.push('second');
        });
        await count('ada');
      });
      transactions().afterCommit(() => void said.push('third'));
      expect(said).toEqual([]);
    });
    expect(said).toEqual(['first', 'second', 'third']);
  });

  it('runs outside of the transaction, on what it has written', async () => {
    const seen: unknown[] = [];
    await transactions().run(async () => {
      await count('ada');
      transactions().afterCommit(async () => {
        seen.push(transactions().active, await count('ada'));
        await transactions().run(() => count('ada'));
      });
    });
    expect(seen).toEqual([false, 2]);
    expect(await count('ada')).toBe(4);
  });

  it('is dropped by a rollback', async () => {
    const said: string[] = [];
    const work = transactions().run(async () => {
      transactions().afterCommit(() => void said.push('outer'));
      await transactions().run(async () => {
        transactions().afterCommit(() => void said.push('inner'));
        await count('ada');
      });
      throw new Error('no');
    });
    await failing(work);
    await transactions().run(() => count('ada'));
    await turn();
    expect(said).toEqual([]);
  });

  it('happens at once where no transaction is open', () => {
    const said: string[] = [];
    transactions().afterCommit(() => void said.push('at once'));
    expect(said).toEqual(['at once']);
  });

  it('changes nothing by what it throws', async () => {
    const said: string[] = [];
    const result = await transactions().run(async () => {
      transactions().afterCommit(() => {
        throw new Error('after the commit');
      });
      transactions().afterCommit(() => Promise.reject(new Error('after the commit, later')));
      transactions().afterCommit(() => void said.push('next'));
      return count('ada');
    });
    expect(result).toBe(1);
    expect(said).toEqual(['next']);
    transactions().afterCommit(() => {
      throw new Error('without a transaction');
    });
    transactions().afterCommit(() => Promise.reject(new Error('without a transaction, later')));
    await turn();
    expect(await count('ada')).toBe(2);
  });
}
