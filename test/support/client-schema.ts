// Writes src/client/schema.ts, the types of the client; `--check` fails where the file is not what would be written.
import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTS, { astToString } from 'openapi-typescript';
import { parseVariables } from '../../src/app/env/env.js';
import { createOpenApiDocument } from '../../src/app/openapi.js';
import { createApp } from '../../src/app/create-app.js';
import { PROBLEM_MEDIA_TYPE } from '../../src/shared/errors/problem.js';
import { inMemoryStorage } from '../../src/shared/persistence/in-memory-storage.js';
import { TEST_SECRETS, TEST_SIGNING_KEYS } from '../../src/testing/test-keys.js';

const FILE = 'src/client/schema.ts';
const BASE_PATH = '/auth';

const HEADER = `// Generated from the OpenAPI document by \`npm run client:generate\`; test/client.spec.ts fails where it is out of date.

/** For what takes none. */
export interface NoParameters {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}

`;

/** Of everything that can be mounted, in a mode. */
async function documentOf(mode: 'session' | 'stateless'): Promise<OpenAPIObject> {
  const env = parseVariables({
    NODE_ENV: 'test',
    AUTH_MODE: mode,
    STORE_BACKEND: 'memory',
    AUTH_SECRETS: TEST_SECRETS,
    AUTH_SIGNING_KEYS: TEST_SIGNING_KEYS,
    DOCS: 'off',
    LOG_LEVEL: 'error',
  });
  const storage = inMemoryStorage();
  const app = await createApp({ env, storage, database: null, redis: null, previews: null });
  return createOpenApiDocument(app, 'https://id.example.com');
}

/** The paths below the base path, which is the host's to choose; ids of operations differ between the modes and are left out. */
function belowBasePath(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths)
    .filter(([path]) => path.startsWith(`${BASE_PATH}/`))
    .map(([path, item]) => [path.slice(BASE_PATH.length), item] as const);
  const text = JSON.stringify({ ...document, paths: Object.fromEntries(paths) });
  return JSON.parse(text, (key, value: unknown) => {
    if (key === 'operationId' || key === 'security' || key === 'securitySchemes') return undefined;
    return key === 'responses' ? withOneProblem(value as Record<string, unknown>) : value;
  }) as OpenAPIObject;
}

/** Every refusal is a problem document: said once an operation, and not once a status. */
function withOneProblem(responses: Record<string, unknown>): Record<string, unknown> {
  const successes = Object.entries(responses).filter(([status]) => Number(status) < 400);
  const content = { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  return { ...Object.fromEntries(successes), default: { description: '', content } };
}

/** In this order. */
const BLANKS: readonly (readonly [RegExp, string])[] = [
  [/^export type (webhooks|\$defs|operations) = .*\n/gm, ''],
  [/^ {4}(responses|parameters|requestBodies|headers|pathItems): never;\n/gm, ''],
  [/^ *(get|put|post|delete|options|head|patch|trace|requestBody|content)\?: never;\n/gm, ''],
  [/^ *headers: \{\n *\[name: string\]: unknown;\n *\};\n/gm, ''],
  [/^ {8}parameters: \{\n( {12}\w+\?: never;\n){4} {8}\};\n/gm, ''],
  [/parameters: \{\n(?: *\w+\?: never;\n){4} *\};/g, 'parameters: NoParameters;'],
  [/^ *(query|header|path|cookie)\?: never;\n/gm, ''],
  [/: \{\n *\};/g, ': object;'],
];

/** openapi-typescript spells out whatever is not there; what the client does not read is left out. */
function withoutBlanks(text: string): string {
  return BLANKS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text).replace(
    /^( {4})+/gm,
    (indent) => indent.slice(indent.length / 2),
  );
}

async function typesOf(mode: 'session' | 'stateless'): Promise<string> {
  const document = belowBasePath(await documentOf(mode));
  const nodes = await openapiTS(JSON.stringify(document), { alphabetize: true, defaultNonNullable: false });
  return HEADER + withoutBlanks(astToString(nodes));
}

const [session, stateless] = [await typesOf('session'), await typesOf('stateless')];
if (session !== stateless) throw new Error('The two modes have to offer the same to a client.');
if (!process.argv.includes('--check')) writeFileSync(FILE, session);
else if (readFileSync(FILE, 'utf8') !== session)
  throw new Error(`${FILE} is out of date: npm run client:generate`);
process.stdout.write(`${FILE} is up to date\n`);
process.exit(0); // Nest's timers would keep the process.
