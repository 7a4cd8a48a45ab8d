import type { TokenPurpose } from './token.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long a numeric code is good, whatever the link beside it (NIST SP 800-63B 3.1.3.2: at most ten minutes). */
export const CODE_LIFETIME_MS = 10 * MINUTE;

/** How long a secret is good where its owner does not say. Purposes of other modules name their own lifetime when they issue one. */
export const SECRET_LIFETIMES_MS: { readonly [Purpose in TokenPurpose]?: number } = {
  registration: 24 * HOUR,
  email_verification: 24 * HOUR,
  phone_verification: CODE_LIFETIME_MS,
  password_reset: HOUR,
  email_change: 24 * HOUR,
  phone_change: CODE_LIFETIME_MS,
  login_challenge: 5 * MINUTE,
};
