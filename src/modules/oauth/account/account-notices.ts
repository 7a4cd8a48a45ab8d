import { Injectable } from '@nestjs/common';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import {
  DefinesMessages,
  type EmailTemplates,
  MessageDefinitions,
  Notifications,
  UserRepository,
} from '../../core/index.js';
import { OAuthAccountLinked, OAuthAccountUnlinked } from '../oauth.events.js';
import { OAuthProviders } from '../provider/oauth-providers.js';

/** `provider`: its name for people. */
interface AccountNotice {
  readonly provider: string;
}

declare module '../../core/mail/email-templates.js' {
  interface EmailMessages {
    oauth_account_linked: AccountNotice;
    oauth_account_unlinked: AccountNotice;
  }
}

const NOT_YOU =
  'If this was not you, look at the linked accounts of your account now and write to the people who run this service.';

@DefinesMessages({ order: 0 })
@Injectable()
export class OAuthMessages extends MessageDefinitions {
  override readonly email: Partial<EmailTemplates> = {
    oauth_account_linked: ({ provider }) => ({
      subject: `Your account can now be opened with ${provider}`,
      paragraphs: [
        `An account at ${provider} has just been linked to yours, and signs in to it from now on.`,
      ],
      notes: [NOT_YOU],
    }),
    oauth_account_unlinked: ({ provider }) => ({
      subject: `Your account can no longer be opened with ${provider}`,
      paragraphs: [`An account at ${provider} has just been unlinked from yours.`],
      notes: [NOT_YOU],
    }),
  };
}

/** Tells users of a new way into their account, and of one that is gone; of their sign-up they know. */
@Injectable()
export class AccountNotices {
  constructor(
    private readonly users: UserRepository,
    private readonly notifications: Notifications,
    private readonly providers: OAuthProviders,
  ) {}

  @OnAuthEvent(OAuthAccountLinked, { phase: 'transaction' })
  async onLinked({ userId, provider, reason }: OAuthAccountLinked): Promise<void> {
    if (reason !== 'sign_up') await this.tell('oauth_account_linked', userId, provider);
  }

  @OnAuthEvent(OAuthAccountUnlinked, { phase: 'transaction' })
  async onUnlinked({ userId, provider, reason }: OAuthAccountUnlinked): Promise<void> {
    if (reason === 'user') await this.tell('oauth_account_unlinked', userId, provider);
  }

  private async tell(
    template: 'oauth_account_linked' | 'oauth_account_unlinked',
    userId: string,
    provider: string,
  ): Promise<void> {
    const user = await this.users.findById(userId);
    if (!user?.email) return;
    const data = { provider: this.providers.nameOf(provider) };
    await this.notifications.email(template, { to: user.email, locale: user.locale, data });
  }
}
