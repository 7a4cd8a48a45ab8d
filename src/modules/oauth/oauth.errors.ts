import { defineErrors } from '../../shared/errors/define-errors.js';

/** Error catalogue of the module. */
export const OAuthErrors = defineErrors('oauth', {
  provider_not_found: { status: 404, title: 'There is no such provider.' },
  state_invalid: {
    status: 400,
    title: 'This sign-in has expired, is over, or belongs to another browser. Start again.',
  },
  redirect_required: { status: 400, title: 'This mode needs a redirect target.' },
  code_verifier_invalid: { status: 400, title: 'The code verifier does not belong to this sign-in.' },
  access_denied: { status: 403, title: 'The sign-in was cancelled or refused at the provider.' },
  interaction_required: { status: 403, title: 'The provider needs to talk to the user first.' },
  invalid_grant: { status: 400, title: 'The provider does not accept the code: it is wrong, old, or used.' },
  identity_rejected: { status: 401, title: 'What the provider says about the user cannot be trusted.' },
  provider_misconfigured: { status: 502, title: 'The provider does not accept this application.' },
  provider_error: { status: 502, title: 'The provider answered with an error.' },
  provider_unavailable: { status: 503, title: 'The provider cannot be reached at the moment.' },
  account_exists_link_required: {
    status: 409,
    title: 'An account with this email address exists. Sign in to it, and link the provider there.',
  },
  account_linked_elsewhere: { status: 409, title: 'This account at the provider belongs to another user.' },
  email_not_verified: { status: 403, title: 'The provider has not verified the email address.' },
  account_not_found: { status: 404, title: 'There is no such linked account.' },
  last_way_in: {
    status: 409,
    title: 'This is the last way in. Set a password or link another account first.',
  },
  authorization_required: {
    status: 409,
    title: 'The provider gives no access any more. The user has to sign in there again.',
  },
});
