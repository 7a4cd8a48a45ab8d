import { defineErrors } from '../../shared/errors/define-errors.js';

/** Error catalogue of the module. A link that is wrong, used, replaced or too old is `core.invalid_code`. */
export const InvitationErrors = defineErrors('invitation', {
  not_found: { status: 404, title: 'There is no such invitation.' },
  not_pending: { status: 409, title: 'This invitation has been answered, withdrawn, or is too old.' },
  already_invited: { status: 409, title: 'There is a pending invitation already.' },
  no_longer_valid: { status: 409, title: 'Whoever sent this invitation may not invite any more.' },
  invitee_required: { status: 400, title: 'Name whom to invite: by email, or by user_id.' },
  purpose_not_allowed: { status: 400, title: 'Invitations are not made for this purpose here.' },
  metadata_too_large: { status: 400, title: 'The metadata of an invitation has 4096 bytes of JSON at most.' },
  other_account: { status: 403, title: 'This invitation is for another address or account.' },
  sign_in_required: {
    status: 409,
    title: 'The invited address has an account. Sign in to it, and accept the invitation there.',
  },
  password_required: { status: 400, title: 'Choose a password for your new account.' },
});
