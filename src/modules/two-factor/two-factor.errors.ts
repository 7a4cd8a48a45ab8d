import { defineErrors } from '../../shared/errors/define-errors.js';

export const TwoFactorErrors = defineErrors('two_factor', {
  invalid_code: { status: 400, title: 'The code is wrong, has expired, or has been used.' },
  method_not_available: { status: 400, title: 'This method is not available here.' },
  proof_required: { status: 400, title: 'The password, or a code of a second factor, is required.' },
  email_required: { status: 400, title: 'This account has no email address.' },
  switched_off: { status: 403, title: 'Two-factor authentication is not offered here.' },
  method_not_offered: { status: 403, title: 'This method is not offered here.' },
  required: { status: 403, title: 'This account needs a second factor: the last one cannot be removed.' },
  enrolment_not_open: {
    status: 403,
    title: 'This challenge is not completed by setting up a second factor.',
  },
  method_not_enabled: { status: 404, title: 'This method is not set up.' },
  device_not_found: { status: 404, title: 'There is no such device.' },
});
