import type { Answer } from '../../src/testing/test-client.js';

/** All of an answer that must not depend on whether there is an account. */
export function likeness({ status, headers, text }: Answer): unknown {
  const kept = [...headers]
    .filter(([name]) => !['date', 'etag', 'x-request-id', 'x-response-time'].includes(name))
    .sort();
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
  return { status, headers: kept, body: text.replace(uuid, 'uuid') };
}
