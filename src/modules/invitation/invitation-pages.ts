import { Injectable } from '@nestjs/common';
import { ANOTHER_USERNAME, DefinesPages, type PageContent, PageDefinitions } from '../core/index.js';
import { DECLINE_PAGE, INVITATION_PAGE } from './invitation.options.js';

/** The pages that the links lead to, where the host has none of its own. */
@DefinesPages({ order: 30 })
@Injectable()
export class InvitationPages extends PageDefinitions {
  override readonly pages: Readonly<Record<string, PageContent>> = {
    [INVITATION_PAGE]: {
      title: 'You are invited',
      intro: 'Accept the invitation that this link was sent with.',
      fields: [
        {
          name: 'password',
          label: 'Password',
          type: 'password',
          autocomplete: 'new-password',
          shownOn: ['invitation.password_required'],
        },
        {
          name: 'repeated',
          label: 'Password, once more',
          type: 'password',
          autocomplete: 'new-password',
          shownOn: ['invitation.password_required'],
          repeats: 'password',
        },
        ANOTHER_USERNAME,
      ],
      action: 'Accept',
      done: 'You have accepted the invitation.',
      outcomes: {
        registered: 'Your account is ready. You can sign in now.',
        signed_in: 'Your account is ready, and you are signed in.',
        challenge_required: 'Your account is ready. Signing in asks for one more proof.',
      },
      endpoint: '../invitations/open',
      cookies: true,
    },
    [DECLINE_PAGE]: {
      title: 'Decline the invitation',
      intro: 'Whoever invited you will see that you declined.',
      fields: [],
      action: 'Decline',
      done: 'You have declined the invitation.',
      endpoint: '../invitations/decline',
    },
  };
}
