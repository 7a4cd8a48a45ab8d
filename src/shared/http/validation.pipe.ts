import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { AuthError, type FieldError } from '../errors/auth-error.js';
import { GeneralErrors } from '../errors/general.errors.js';
import { assertJsonShape } from './json-shape.js';

const MAX_ERRORS = 50;
const MAX_FIELD_LENGTH = 200;

/**
 * The pipe of every library controller: unknown fields are refused, nothing is converted unless the DTO says how, and what is wrong
 * is answered field by field as `core.validation_failed`. Runs `assertJsonShape` first, which Nest's pipe needs: depth alone
 * exhausts its stack. A nested DTO wants `@IsObject()` (`{ each: true }` for a list) beside `@ValidateNested()`, which by itself
 * takes an empty array for an object.
 */
@Injectable()
export class CastellanValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      transformOptions: { enableImplicitConversion: false },
      validationError: { target: false, value: false },
      exceptionFactory: validationFailed,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Parameters of one's own decorators (`custom`) come from the server.
    if (metadata.type !== 'custom') assertJsonShape(value);
    return super.transform(value, metadata);
  }
}

function validationFailed(errors: readonly ValidationError[]): AuthError {
  const fields: FieldError[] = [];
  const queue = errors.map((error) => ({ error, path: error.property }));
  for (let next = queue.shift(); next && fields.length < MAX_ERRORS; next = queue.shift()) {
    const { error, path } = next;
    for (const [constraint, message] of Object.entries(error.constraints ?? {})) {
      fields.push({ field: printable(path), code: codeOf(constraint), message: printable(message) });
    }
    queue.push(
      ...(error.children ?? []).map((child) => ({ error: child, path: `${path}.${child.property}` })),
    );
  }
  return new AuthError(GeneralErrors.validation_failed, { fields: fields.slice(0, MAX_ERRORS) });
}

/** `isEmail` is `is_email`. */
function codeOf(constraint: string): string {
  if (constraint === 'whitelistValidation') return 'unknown_field';
  return constraint.replace(
    /[A-Z]+/g,
    (capitals, at: number) => (at > 0 ? '_' : '') + capitals.toLowerCase(),
  );
}

/** The names of unknown fields are the client's, and stand in messages too. */
function printable(text: string): string {
  const clean = text.replace(/\p{Control}/gu, '');
  return clean.length > MAX_FIELD_LENGTH
    ? `${clean.slice(0, MAX_FIELD_LENGTH).replace(/\p{Surrogate}$/u, '')}…`
    : clean;
}
