import { randomUUID } from 'node:crypto';

const ids = new WeakMap<object, string>();

/**
 * The id of a request, a UUID: made at the first question and the same ever after, in middleware, guard, handler and filter.
 * It is never taken from a header, or a client could make its requests pass for another's in the audit.
 */
export function requestIdOf(request: { readonly raw?: object }): string {
  const key = request.raw ?? request;
  let id = ids.get(key);
  if (id === undefined) {
    id = randomUUID();
    ids.set(key, id);
  }
  return id;
}
