import { duration, oneOf } from './variable.js';

/** What configures the module `audit`. */
export const AUDIT_VARIABLES = {
  AUDIT_RETENTION_AUTHENTICATION: duration({
    default: '90d',
    description: 'How long sign-ins, sessions and changes of credentials stay in the audit log.',
  }),
  AUDIT_RETENTION_USER: duration({
    default: '90d',
    description: 'The same for what users do to their profiles.',
  }),
  AUDIT_RETENTION_ADMIN: duration({
    default: '365d',
    description: 'The same for administration, of the platform and of organizations.',
  }),
  AUDIT_RETENTION_SECURITY: duration({
    default: null,
    description: 'The same for locks, claimed accounts and stolen tokens; none: for good.',
  }),
  AUDIT_SINK: oneOf(['none', 'stdout'], {
    default: 'none',
    description: '`stdout`: each record as a line of JSON too, beside the log.',
  }),
};
