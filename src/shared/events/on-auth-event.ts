import type { AuthEvent, EventClass, EventPhase } from './auth-event.js';

/** What a decorated method subscribes to. */
export interface EventSubscription {
  readonly event: EventClass;
  readonly phase: EventPhase;
  /** Which of them the method is for. */
  readonly when?: (event: AuthEvent) => boolean;
}

/** How a method subscribes. */
export interface EventSubscriptionOptions<E extends AuthEvent> {
  readonly phase: EventPhase;
  /** Which of the events the method is for; what nobody hears in a transaction may be spared one. @default all */
  readonly when?: (event: E) => boolean;
}

const SUBSCRIPTIONS = Symbol.for('castellan:event-subscriptions');

type Subscriber = { [SUBSCRIPTIONS]?: EventSubscription[] };

/**
 * Subscribes a provider's method to an event class and its subclasses. The phase decides what a failure does, see EventPhase.
 * May stand on a method several times. The provider must be a singleton, or the application refuses to start.
 */
export function OnAuthEvent<E extends AuthEvent>(event: EventClass<E>, options: EventSubscriptionOptions<E>) {
  return <H extends (event: E) => void | Promise<void>>(
    _target: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const method: (H & Subscriber) | undefined = descriptor.value;
    if (!method) return;
    // It is asked about events of its class alone.
    const subscription = { event, phase: options.phase, when: options.when as EventSubscription['when'] };
    method[SUBSCRIPTIONS] = [...(method[SUBSCRIPTIONS] ?? []), subscription];
  };
}

/** The subscriptions of a method; empty for any other value. */
export function subscriptionsOf(method: unknown): readonly EventSubscription[] {
  return typeof method === 'function' ? ((method as Subscriber)[SUBSCRIPTIONS] ?? []) : [];
}
