import type { ErrorDefinition } from './auth-error.js';

/**
 * A module's error catalogue. Keys become `<module>.<key>`:
 *
 *     export const CoreErrors = defineErrors('core', { locked: { status: 423, title: 'The account is locked' } });
 *
 * Throws a TypeError for a key or module that is not snake_case, and for a status outside 400-599.
 */
export function defineErrors<const D extends Record<string, { status: number; title: string }>>(
  module: string,
  definitions: D,
): { readonly [K in keyof D]: ErrorDefinition } {
  assertSnakeCase(module);
  const catalogue: Partial<Record<keyof D, ErrorDefinition>> = {};
  for (const key of Object.keys(definitions) as (keyof D & string)[]) {
    catalogue[key] = definition(module, key, definitions[key]);
  }
  return Object.freeze(catalogue) as { readonly [K in keyof D]: ErrorDefinition };
}

function definition(
  module: string,
  key: string,
  entry: { status: number; title: string } | undefined,
): ErrorDefinition {
  assertSnakeCase(key);
  if (!entry || !Number.isInteger(entry.status) || entry.status < 400 || entry.status > 599) {
    throw new TypeError(`${module}.${key}: the status of an error lies between 400 and 599`);
  }
  return Object.freeze({ code: `${module}.${key}`, status: entry.status, title: entry.title });
}

function assertSnakeCase(name: string): void {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) throw new TypeError(`"${name}" is not in snake_case`);
}
