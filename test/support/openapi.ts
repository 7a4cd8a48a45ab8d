import type { OpenAPIObject } from '@nestjs/swagger';
import type { Exchange } from '../../src/testing/test-client.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Whatever the route: rate limits, a store that is down, faults, bodies that are too large. */
const EVERYWHERE = new Set([413, 429, 500, 503]);

export interface Operation {
  readonly method: string;
  /** As in the document, e.g. `/auth/sessions/{id}`. */
  readonly path: string;
  readonly operationId: string | undefined;
  /** `undefined`: nothing is said. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[] | undefined;
  readonly statuses: readonly number[];
  /** Whether it takes a JSON body; a form of a browser is none. */
  readonly hasBody: boolean;
}

export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      return {
        method: method.toUpperCase(),
        path,
        operationId: operation.operationId,
        security: operation.security ?? document.security,
        statuses: Object.keys(operation.responses).map(Number),
        hasBody: takesJson(operation.requestBody),
      };
    }),
  );
}

function takesJson(body: object | undefined): boolean {
  return (
    body !== undefined && 'content' in body && Object.keys(Object(body.content)).includes('application/json')
  );
}

/** Whether a credential is needed; an empty requirement says that none is. */
export function isProtected({ security }: Operation): boolean {
  return (
    security !== undefined && security.length > 0 && security.every((one) => Object.keys(one).length > 0)
  );
}

/** The operation that a request meant. */
export function operationOf(
  operations: readonly Operation[],
  method: string,
  path: string,
): Operation | undefined {
  const candidates = operations.filter(
    (operation) => operation.method === method && matches(operation.path, path),
  );
  // `/sessions/current` would be meant before `/sessions/{id}`.
  return candidates.sort((a, b) => Number(a.path.includes('{')) - Number(b.path.includes('{')))[0];
}

function matches(template: string, path: string): boolean {
  const pattern = template
    .split(/\{[^}]+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}

/** `POST /auth/login 418` for each answer whose status the document does not know; once each. */
export function undocumentedAnswers(
  document: OpenAPIObject,
  exchanges: readonly Exchange[],
  everywhere = EVERYWHERE,
): string[] {
  const operations = operationsOf(document);
  const found = exchanges.flatMap(({ method, path, answer: { status } }) => {
    const operation = operationOf(operations, method, path);
    if (!operation || everywhere.has(status) || operation.statuses.includes(status)) return [];
    return [`${method} ${operation.path} ${status}`];
  });
  return [...new Set(found)].sort();
}

/** `LoginBody.email` for each field whose document shows no example. A field that is another schema has that one's. */
export function fieldsWithoutExample(document: OpenAPIObject): string[] {
  return Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
    'properties' in schema
      ? Object.entries(schema.properties ?? {}).flatMap(([field, shape]) =>
          showsExample(shape) ? [] : [`${name}.${field}`],
        )
      : [],
  );
}

function showsExample(shape: object): boolean {
  if ('$ref' in shape || 'example' in shape || 'enum' in shape) return true;
  if ('items' in shape) return showsExample(Object(shape.items));
  const several = [...arrayOf(shape, 'allOf'), ...arrayOf(shape, 'oneOf'), ...arrayOf(shape, 'anyOf')];
  return several.some(showsExample);
}

function arrayOf(shape: object, key: string): object[] {
  const value: unknown = new Map(Object.entries(shape)).get(key);
  return Array.isArray(value) ? value : [];
}
