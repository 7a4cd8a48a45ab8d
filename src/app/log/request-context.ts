import { AsyncLocalStorage } from 'node:async_hooks';
import { requestIdOf } from '../../shared/http/request-id.js';

const current = new AsyncLocalStorage<string>();

/** The id of the request that the present work belongs to; `undefined` for background work. As in `instance` of a problem document, and in the audit. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}

/** Middleware: what is logged while the request is handled names it. */
export function rememberRequest(request: object, _response: unknown, next: () => void): void {
  current.run(requestIdOf(request), next);
}
