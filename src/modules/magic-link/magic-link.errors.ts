import { defineErrors } from '../../shared/errors/define-errors.js';

/** Error catalogue of magic-link. A wrong, used or expired link or code is `core.invalid_code`. */
export const MagicLinkErrors = defineErrors('magic_link', {
  other_browser: {
    status: 403,
    title: 'Open the link, or enter the code, in the browser where you asked for it.',
  },
  redirect_required: { status: 400, title: 'Say by redirect_to where the link leads after the sign-in.' },
});
