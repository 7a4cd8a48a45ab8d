import { flag, integer, oneOf } from './variable.js';

/** What configures the module `organization`. */
export const ORGANIZATION_VARIABLES = {
  ORG_MODE: oneOf(['multi', 'single'], {
    default: 'multi',
    description:
      '`multi`: users make organizations. `single`: there is one, which the first account owns and every other joins.',
  }),
  ORG_PERSONAL: flag({
    default: false,
    description: 'Whether each new account with a username gets an organization of its own.',
  }),
  ORG_SHARED_NAMESPACE: flag({
    default: false,
    description: 'Whether usernames and slugs share one namespace. Decide it once.',
  }),
  ORG_MEMBER_LIMIT: integer({
    default: null,
    min: 1,
    max: 1_000_000,
    defaultText: 'unlimited',
    description: 'The most members of an organization without a limit of its own.',
  }),
};
