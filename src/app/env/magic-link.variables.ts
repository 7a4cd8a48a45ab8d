import { duration, flag, type Variable } from './variable.js';

/** Variables of the module `magic-link`. */
export const MAGIC_LINK_VARIABLES = {
  MAGIC_LINK_TTL: duration({
    default: '15m',
    min: '1m',
    description: 'Life of a link; its code lives 10 minutes at most.',
  }),
  MAGIC_LINK_CODE: flag({
    default: true,
    description: 'Whether the message carries a six-digit code beside the link.',
  }),
  MAGIC_LINK_AUTO_REGISTER: flag({
    default: false,
    description:
      'Whether a link to an unknown address makes an account, where `REGISTRATION` is `open`, or it is invited.',
  }),
  MAGIC_LINK_BIND_BROWSER: flag({
    default: false,
    description: 'Whether link and code work only in the browser that asked for them.',
  }),
} satisfies Readonly<Record<string, Variable<unknown>>>;
