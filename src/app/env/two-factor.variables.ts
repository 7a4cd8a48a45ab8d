import { duration, list, oneOf } from './variable.js';

const METHODS: readonly string[] = ['totp', 'sms', 'email'];

/** Variables of the module `two-factor`. */
export const TWO_FACTOR_VARIABLES = {
  TWO_FACTOR_POLICY: oneOf(['off', 'optional', 'required'], {
    default: 'optional',
    description:
      'Whether users may, or have to, set up a second factor; who has to and has none does it at the next sign-in.',
  }),
  TWO_FACTOR_METHODS: list({
    description: 'What can be set up, of `totp`, `sms` and `email`; none: all of them.',
    check: assertMethod,
  }),
  TRUSTED_DEVICE_TTL: duration({
    default: '30d',
    description: 'How long a device is trusted on which the user asked not to be asked again.',
  }),
};

function assertMethod(name: string): void {
  if (!METHODS.includes(name)) throw new Error('must be a comma list of totp, sms and email');
}
