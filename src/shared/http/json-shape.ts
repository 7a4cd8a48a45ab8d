import { AuthError } from '../errors/auth-error.js';
import { GeneralErrors } from '../errors/general.errors.js';

export interface JsonShapeLimits {
  /** Levels of objects and arrays, the outermost included. Default 20. */
  readonly maxDepth?: number;
  /** Values in all, containers included. Default 10,000. */
  readonly maxNodes?: number;
}

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/**
 * Refuses what breaks validators and databases further in, with `core.validation_failed`: too deep or too many values, NUL and lone
 * surrogates in keys and texts, keys that reach a prototype. Needs no stack, so that depth cannot exhaust it.
 */
export function assertJsonShape(value: unknown, limits: JsonShapeLimits = {}): void {
  const { maxDepth = 20, maxNodes = 10_000 } = limits;
  let level: unknown[] = [value];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth++) {
    nodes += level.length;
    if (nodes > maxNodes) throw refusal('max_nodes', `the value has more than ${maxNodes} parts`);
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node === 'string') assertText(node);
      else if (typeof node === 'object' && node !== null) {
        if (depth >= maxDepth)
          throw refusal('max_depth', `the value is nested deeper than ${maxDepth} levels`);
        collect(node, next);
        if (nodes + next.length > maxNodes)
          throw refusal('max_nodes', `the value has more than ${maxNodes} parts`);
      }
    }
    level = next;
  }
}

function collect(container: object, into: unknown[]): void {
  if (Array.isArray(container)) {
    for (const item of container) into.push(item);
    return;
  }
  for (const [key, value] of Object.entries(container)) {
    assertText(key);
    if (FORBIDDEN_KEYS.has(key)) throw refusal('forbidden_key', 'a key of the value is not allowed');
    into.push(value);
  }
}

function assertText(text: string): void {
  if (UNSTORABLE.test(text)) throw refusal('invalid_text', 'a text holds NUL or half a character');
}

function refusal(code: string, message: string): AuthError {
  return new AuthError(GeneralErrors.validation_failed, { fields: [{ field: '', code, message }] });
}
