import { Injectable } from '@nestjs/common';
import { EventBus } from '../../shared/events/event-bus.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { Clock } from '../../shared/time/clock.js';
import {
  emailKey,
  minutesUntil,
  Notifications,
  secretLink,
  SingleUseSecrets,
  type UserRecord,
} from '../core/index.js';
import type { LinkRequest } from './magic-link-secret.js';
import { MagicLinkSent } from './magic-link.events.js';
import { ResolvedMagicLinkOptions } from './magic-link.options.js';

/** Sends links. */
@Injectable()
export class MagicLinkMailer {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly notifications: Notifications,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly options: ResolvedMagicLinkOptions,
  ) {}

  /** To the account's address as the account has it; without an account, to the address as it was given. Voids what was sent there before. */
  async send({ email: given, client, ...wishes }: LinkRequest, user: UserRecord | null): Promise<void> {
    const email = user?.email ?? given;
    await this.transactions.run(async () => {
      const { token, code, expiresAt } = await this.secrets.issue({
        purpose: 'magic_link',
        subject: emailKey(email),
        userId: user?.id ?? null,
        email,
        payload: { ...wishes },
        link: true,
        code: this.options.code,
        ttlMs: this.options.ttlMs,
      });
      if (token === null) throw new Error('A link has to have a token.');
      const now = this.clock.now();
      const link = secretLink(this.options.link, token);
      const data = { link, code, minutes: minutesUntil(expiresAt, now), newAccount: user === null };
      const locale = user ? user.locale : wishes.locale;
      await this.notifications.email('magic_link', { to: email, locale, data });
      await this.events.emit(new MagicLinkSent(user?.id ?? null, email, client, now));
    });
  }
}
