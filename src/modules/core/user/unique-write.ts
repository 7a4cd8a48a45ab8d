import { AuthError, type ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';
import type { UniqueUserField, UserRecord } from './user.js';
import type { UniqueWrite } from './user.repository.js';

const TAKEN: { readonly [Field in UniqueUserField]: ErrorDefinition } = {
  email: CoreErrors.email_taken,
  username: CoreErrors.username_taken,
  phone_number: CoreErrors.phone_number_taken,
};

/** The account that was written. @throws core.email_taken, core.username_taken, core.phone_number_taken, core.user_not_found */
export function writtenUser(write: UniqueWrite): UserRecord {
  if ('user' in write) return write.user;
  throw 'conflict' in write ? takenError(write.conflict) : new AuthError(CoreErrors.user_not_found);
}

/** The 409 of a field that somebody else has. */
export function takenError(field: UniqueUserField): AuthError {
  const definition = TAKEN[field];
  return new AuthError(definition, {
    fields: [{ field, code: `${field}_taken`, message: definition.title }],
  });
}
