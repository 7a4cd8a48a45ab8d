import { duration, list, type Variable } from './variable.js';

/** Variables of the module `invitation`. */
export const INVITATION_VARIABLES = {
  INVITATION_TTL: duration({
    default: '7d',
    description: 'Life of an invitation; sending it again starts it over.',
  }),
  INVITATION_RETENTION: duration({
    default: '90d',
    description: 'How long what was answered, withdrawn or has expired is kept.',
  }),
  INVITATION_PURPOSES: list({
    description: 'What invitations to the platform may be for, the default first; none: `platform`.',
  }),
} satisfies Readonly<Record<string, Variable<unknown>>>;
