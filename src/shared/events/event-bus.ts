import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { TransactionRunner } from '../persistence/transaction-runner.js';
import type { AuthEvent, EventClass, EventHandler, EventPhase } from './auth-event.js';
import { type EventSubscription, subscriptionsOf } from './on-auth-event.js';

interface Registration extends EventSubscription {
  readonly handle: (event: AuthEvent) => void | Promise<void>;
  /** For the log. */
  readonly name: string;
}

/**
 * Delivers events to methods with @OnAuthEvent and to handlers given to `on`. A handler of a base class gets the events of its
 * subclasses. Needs Nest's DiscoveryModule. Handlers are found at bootstrap; an event before that looks for them by itself.
 */
@Injectable()
export class EventBus implements OnApplicationBootstrap {
  private readonly logger = new Logger(EventBus.name);
  private readonly registered = new Set<Registration>();
  private discovered: readonly Registration[] = [];
  private complete = false;
  private readonly byClass = new Map<unknown, readonly Registration[]>();

  constructor(
    @Inject(TransactionRunner) private readonly transactions: TransactionRunner,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    this.discover();
    this.complete = true;
  }

  /** Subscribes a function. Returns what ends the subscription. */
  on<E extends AuthEvent>(event: EventClass<E>, phase: EventPhase, handler: EventHandler<E>): () => void {
    const registration: Registration = {
      event,
      phase,
      handle: (occurred) => (occurred instanceof event ? handler(occurred) : undefined),
      name: handler.name || 'a handler',
    };
    this.registered.add(registration);
    this.byClass.clear();
    return () => {
      this.registered.delete(registration);
      this.byClass.clear();
    };
  }

  /**
   * Runs the handlers of the transaction phase one after another, at once; the first failure is thrown, so that the caller's
   * transaction rolls back. The others run after the commit (at once where no transaction is open), each for itself; their
   * failures are logged.
   */
  async emit(event: AuthEvent): Promise<void> {
    const handlers = this.handlersOf(event);
    for (const handler of handlers) {
      if (handler.phase === 'transaction' && hears(handler, event)) await handler.handle(event);
    }
    for (const handler of handlers) {
      if (handler.phase === 'after_commit' && hears(handler, event))
        this.transactions.afterCommit(() => this.runIsolated(handler, event));
    }
  }

  /** Whether a handler of the transaction phase is for this event: what is one statement without that needs no transaction. */
  isHeardInTransaction(event: AuthEvent): boolean {
    return this.handlersOf(event).some((handler) => handler.phase === 'transaction' && hears(handler, event));
  }

  private async runIsolated(handler: Registration, event: AuthEvent): Promise<void> {
    try {
      await handler.handle(event);
    } catch (error) {
      const stack = error instanceof Error ? error.stack : String(error);
      this.logger.error(`${handler.name} failed on ${event.constructor.name}`, stack);
    }
  }

  private handlersOf(event: AuthEvent): readonly Registration[] {
    if (!this.complete) this.discover();
    let handlers = this.byClass.get(event.constructor);
    if (!handlers) {
      handlers = [...this.discovered, ...this.registered].filter((handler) => event instanceof handler.event);
      this.byClass.set(event.constructor, handlers);
    }
    return handlers;
  }

  private discover(): void {
    const found: Registration[] = [];
    const seen = new Set<unknown>();
    for (const wrapper of [...this.discovery.getProviders(), ...this.discovery.getControllers()]) {
      const instance: unknown = wrapper.instance;
      if (typeof instance !== 'object' || instance === null || seen.has(instance)) continue;
      seen.add(instance);
      const registrations = this.registrationsOf(instance);
      if (registrations.length > 0 && (wrapper.isTransient || !wrapper.isDependencyTreeStatic())) {
        throw new Error(`${String(wrapper.name)} has @OnAuthEvent methods, so it must be a singleton`);
      }
      found.push(...registrations);
    }
    this.discovered = found;
    this.byClass.clear();
  }

  private registrationsOf(instance: object): Registration[] {
    const prototype: unknown = Object.getPrototypeOf(instance);
    if (typeof prototype !== 'object' || prototype === null) return [];
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const method: unknown = Reflect.get(prototype, name);
      return subscriptionsOf(method).map((subscription) => ({
        ...subscription,
        // Through the instance, so that a subclass or a spy that replaces the method is honoured.
        handle: (occurred: AuthEvent) =>
          Reflect.apply(Reflect.get(instance, name) as EventHandler, instance, [occurred]),
        name: `${instance.constructor.name}.${name}`,
      }));
    });
  }
}

function hears({ when }: Registration, event: AuthEvent): boolean {
  return !when || when(event);
}
