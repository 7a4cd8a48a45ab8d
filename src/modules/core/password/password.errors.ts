import { defineErrors } from '../../../shared/errors/define-errors.js';

/** Why a password was refused, and the full hash queue. */
export const PasswordErrors = defineErrors('core', {
  password_too_short: { status: 400, title: 'This password is too short.' },
  password_too_long: { status: 400, title: 'This password is too long.' },
  password_common: { status: 400, title: 'This password is on the list of common passwords.' },
  password_matches_identity: {
    status: 400,
    title: 'This password is the name of the account or of the service.',
  },
  password_breached: { status: 400, title: 'This password is known from a data breach.' },
  password_invalid: { status: 400, title: 'This password is not valid Unicode text.' },
  hashing_busy: { status: 503, title: 'Too many sign-ins are being checked. Try again shortly.' },
});
