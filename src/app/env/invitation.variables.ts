import { isInvitationPurpose } from '../../modules/invitation/index.js';
import { duration, list, type Variable } from './variable.js';

/** Variables of the module `invitation`. */
export const INVITATION_VARIABLES = {
  INVITATION_TTL: duration({
    default: '7d',
    min: '1m',
    description: 'Life of an invitation; sending it again starts it over.',
  }),
  INVITATION_RETENTION: duration({
    default: '90d',
    min: '1m',
    description: 'How long what was answered, withdrawn or has expired is kept.',
  }),
  INVITATION_PURPOSES: list({
    description: 'What invitations to the platform may be for, the default first; none: `platform`.',
    check: assertPurpose,
  }),
} satisfies Readonly<Record<string, Variable<unknown>>>;

function assertPurpose(item: string): void {
  if (!isInvitationPurpose(item))
    throw new Error('must be a comma list of 1 to 64 of a-z, 0-9, _ . : - each, but not `organization`');
}
