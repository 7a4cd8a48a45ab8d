import { parse as parseForm } from 'node:querystring';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthError } from '../shared/errors/auth-error.js';
import { GeneralErrors } from '../shared/errors/general.errors.js';
import { hasDuplicateNames } from '../shared/http/strict-json.js';

/** Largest body that is read, in bytes; every request of the API fits many times. */
export const BODY_LIMIT = 100 * 1024;

const JSON_TYPE = 'application/json';
/** For the one route that takes the form of another site; all others refuse it. */
const FORM_TYPE = 'application/x-www-form-urlencoded';

/** Express reads the body as text, for its own JSON parser takes what `parseBody` refuses. */
export function readBodiesOfExpress(app: NestExpressApplication): void {
  app.useBodyParser('text', { type: JSON_TYPE, limit: BODY_LIMIT });
  app.useBodyParser('urlencoded', { extended: false, limit: BODY_LIMIT });
  app.use((request: { body?: unknown }, _response: unknown, next: () => void) => {
    if (typeof request.body === 'string') request.body = parseBody(request.body);
    next();
  });
}

export function readBodiesOfFastify(app: NestFastifyApplication): void {
  app.useBodyParser(JSON_TYPE, { bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    done(null, parseBody(new TextDecoder().decode(body)));
  });
  app.useBodyParser(FORM_TYPE, { bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    done(null, parseForm(new TextDecoder().decode(body)));
  });
}

/**
 * JSON in which no object names a member twice: readers disagree which of the two counts, and a gateway may have checked the other
 * (RFC 8259 section 4). Depth, size and names that reach a prototype are checked where a handler takes the body.
 */
function parseBody(text: string): unknown {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AuthError(GeneralErrors.malformed_json, { cause });
  }
  if (hasDuplicateNames(text)) throw new AuthError(GeneralErrors.duplicate_member);
  return value;
}
