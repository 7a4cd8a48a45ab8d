import 'reflect-metadata';
import { describe, expect, it, jest } from '@jest/globals';
import { Injectable, Logger, Scope } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { TransactionRunner } from '../persistence/transaction-runner.js';
import { AuthEvent } from './auth-event.js';
import { EventBus } from './event-bus.js';
import { OnAuthEvent } from './on-auth-event.js';

abstract class SessionEvent extends AuthEvent {
  override audit(): null {
    return null;
  }
}
class LoggedIn extends SessionEvent {}
class LoggedOut extends SessionEvent {}

/** Runs what waits for the commit when the test says so. */
@Injectable()
class ManualTransactions extends TransactionRunner {
  readonly waiting: (() => void | Promise<void>)[] = [];
  override run<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }
  override afterCommit(work: () => void | Promise<void>): void {
    this.waiting.push(work);
  }
  override get active(): boolean {
    return true;
  }
  async commit(): Promise<void> {
    await Promise.all(this.waiting.splice(0).map((work) => work()));
  }
}

@Injectable()
class Recorder {
  readonly seen: string[] = [];

  @OnAuthEvent(SessionEvent, { phase: 'transaction' })
  record(event: SessionEvent): void {
    this.seen.push(`transaction ${event.constructor.name}`);
  }

  @OnAuthEvent(LoggedIn, { phase: 'after_commit' })
  @OnAuthEvent(LoggedOut, { phase: 'after_commit' })
  async tell(event: AuthEvent): Promise<void> {
    this.seen.push(`after ${event.constructor.name}`);
  }
}

async function start(...providers: (new () => object)[]) {
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [
      EventBus,
      { provide: TransactionRunner, useClass: ManualTransactions },
      Recorder,
      { provide: 'alias', useExisting: Recorder },
      ...providers,
    ],
  }).compile();
  const transactions = module.get(TransactionRunner);
  if (!(transactions instanceof ManualTransactions)) throw new Error('unexpected');
  return { module, transactions, bus: module.get(EventBus), seen: module.get(Recorder).seen };
}

const now = new Date();

describe('EventBus', () => {
  it('delivers in two phases, each once, and base class handlers get subclasses', async () => {
    const { module, bus, seen, transactions } = await start();
    await module.init();
    await bus.emit(new LoggedIn(now));
    expect(seen).toEqual(['transaction LoggedIn']);
    await transactions.commit();
    expect(seen).toEqual(['transaction LoggedIn', 'after LoggedIn']);
    await bus.emit(new LoggedOut(now));
    await transactions.commit();
    expect(seen.slice(2)).toEqual(['transaction LoggedOut', 'after LoggedOut']);
  });

  it('finds handlers before bootstrap too', async () => {
    const { bus, seen } = await start();
    await bus.emit(new LoggedIn(now));
    expect(seen).toEqual(['transaction LoggedIn']);
  });

  it('takes functions, and lets them go', async () => {
    const { bus, transactions } = await start();
    const handler = jest.fn<() => void>();
    const end = bus.on(LoggedIn, 'after_commit', handler);
    await bus.emit(new LoggedIn(now));
    await bus.emit(new LoggedOut(now));
    await transactions.commit();
    end();
    await bus.emit(new LoggedIn(now));
    await transactions.commit();
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('throws a failure inside the transaction, and runs nothing after', async () => {
    const { bus, transactions } = await start();
    bus.on(AuthEvent, 'transaction', async () => {
      throw new Error('audit is full');
    });
    await expect(bus.emit(new LoggedIn(now))).rejects.toThrow('audit is full');
    expect(transactions.waiting).toHaveLength(0);
  });

  it('logs a failure after the commit, and runs the others', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { bus, transactions, seen } = await start();
    const last = jest.fn<() => void>();
    bus.on(LoggedIn, 'after_commit', function fails() {
      throw new Error('mail is down');
    });
    bus.on(LoggedIn, 'after_commit', last);
    await bus.emit(new LoggedIn(now));
    await transactions.commit();
    expect(log).toHaveBeenCalledWith('fails failed on LoggedIn', expect.stringContaining('mail is down'));
    expect([last.mock.calls.length, seen.at(-1)]).toEqual([1, 'after LoggedIn']);
    log.mockRestore();
  });

  it('refuses a handler that is no singleton', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class PerRequest extends Recorder {}
    const { module } = await start(PerRequest);
    await expect(module.init()).rejects.toThrow(
      'PerRequest has @OnAuthEvent methods, so it must be a singleton',
    );
  });
});
