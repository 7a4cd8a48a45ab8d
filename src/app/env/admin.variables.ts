import { duration } from './variable.js';

/** What configures the module `admin`. */
export const ADMIN_VARIABLES = {
  ADMIN_IMPERSONATION_TTL: duration({
    default: '1h',
    min: '1m',
    max: '1h',
    description: 'How long a super admin acts as somebody else at most; an hour at most.',
  }),
  ADMIN_PASSWORD_LINK_TTL: duration({
    default: '24h',
    min: '1m',
    description:
      'Life of the link by which a user chooses a password whom an administrator made, or whose password was voided.',
  }),
};
