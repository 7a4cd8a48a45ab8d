import { AuthError } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';
import type { ResolvedCoreOptions } from '../core.options.js';

/** Whether somebody may sign up without an invitation. @throws core.registration_closed, core.registration_invite_only */
export function assertRegistrationOpen({ registration }: Pick<ResolvedCoreOptions, 'registration'>): void {
  if (registration === 'closed') throw new AuthError(CoreErrors.registration_closed);
  if (registration === 'invite_only') throw new AuthError(CoreErrors.registration_invite_only);
}
