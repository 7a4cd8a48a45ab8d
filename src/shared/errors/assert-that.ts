import { AuthError, type AuthErrorOptions, type ErrorDefinition } from './auth-error.js';

/** Throws the catalogue error unless the condition holds; keeps services flat. */
export function assertThat(
  condition: unknown,
  definition: ErrorDefinition,
  options?: AuthErrorOptions,
): asserts condition {
  if (!condition) throw new AuthError(definition, options);
}
