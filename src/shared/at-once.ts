import { isPromise } from 'node:util/types';

/** `next` of a value that is there, or will be. At once where it is there: each promise on the path of every request costs more than a look into memory. */
export function andThen<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return isPromise(value) ? value.then(next) : next(value);
}
