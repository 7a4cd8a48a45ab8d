import { Injectable } from '@nestjs/common';
import { ANOTHER_USERNAME, DefinesPages, type PageContent, PageDefinitions } from '../core/index.js';
import { MAGIC_LINK_PAGE } from './magic-link.options.js';

/** The page that the link leads to, where the host has none of its own. */
@DefinesPages({ order: 20 })
@Injectable()
export class MagicLinkPages extends PageDefinitions {
  override readonly pages: Readonly<Record<string, PageContent>> = {
    [MAGIC_LINK_PAGE]: {
      title: 'Sign in',
      intro: 'Sign in with the address that this link was sent to.',
      fields: [ANOTHER_USERNAME],
      action: 'Sign in',
      done: 'You are signed in.',
      outcomes: {
        enter_code: 'Go back to where you asked for this link, and enter the code of the same message there.',
        challenge_required:
          'Your account asks for one more proof. Go back to where you asked for this link, ask for another message, and enter its code there.',
      },
      endpoint: '../magic-link/open',
      cookies: true,
    },
  };
}
