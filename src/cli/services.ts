import type { Abstract, INestApplication, Type } from '@nestjs/common';
import { EventBus } from '../shared/events/event-bus.js';
import { Storage } from '../shared/persistence/storage.js';
import { CommandError } from './command-error.js';

/** `null`: the application has none. */
export function find<T>(app: INestApplication, token: Abstract<T> | Type<T>): T | null {
  try {
    return app.get<T>(token, { strict: false });
  } catch (error) {
    // By its name: the class is none of Nest's public ones.
    if (error instanceof Error && error.constructor.name === 'UnknownElementException') return null;
    throw error;
  }
}

/** A service of a module that may not be mounted. @throws CommandError */
export function serviceOf<T>(app: INestApplication, token: Abstract<T> | Type<T>, module: string): T {
  const service = find(app, token);
  if (service) return service;
  throw new CommandError(
    find(app, Storage)
      ? `The module ${module} is not mounted.`
      : 'Castellan is not mounted there, or another copy of it is: run the castellan of that application’s node_modules.',
  );
}

/** For commands that read and write accounts: the tables are there, and handlers of events too. @throws CommandError */
export async function readyForWork(app: INestApplication): Promise<void> {
  const pending = (await serviceOf(app, Storage, 'core').status()).filter(({ applied }) => !applied);
  if (pending.length > 0)
    throw new CommandError(`${pending.length} migrations are pending: castellan migrate up`);
  // The application is not started, which is when it looks for them.
  serviceOf(app, EventBus, 'core').onApplicationBootstrap();
}
