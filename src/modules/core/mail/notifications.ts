import { Injectable } from '@nestjs/common';
import { ResolvedCoreOptions } from '../core.options.js';
import { HandlesOutbox, OutboxHandler } from '../outbox/outbox-handler.js';
import { Outbox } from '../outbox/outbox.service.js';
import { SmsSender } from '../sms/sms-sender.js';
import type { SmsMessages } from '../sms/sms-templates.js';
import type { EmailMessages } from './email-templates.js';
import { renderHtml, renderText } from './layout.js';
import { MailSender } from './mail-sender.js';
import type { MessageContext } from './message-content.js';
import { MessageTemplates } from './message-templates.js';

interface Envelope<Name, Data> {
  readonly to: string;
  readonly locale: string | null;
  readonly template: Name;
  readonly data: Data;
}

interface Recipient<Data> {
  readonly to: string;
  /** @default 'en' */
  readonly locale?: string | null;
  readonly data: Data;
}

/** Sends the named messages, through the outbox: nothing leaves before the commit, and nothing is lost while a sender is down. */
@Injectable()
export class Notifications {
  constructor(
    private readonly outbox: Outbox,
    private readonly mail: MailSender,
    private readonly sms: SmsSender,
  ) {}

  /** Whether mail can be sent at all. */
  get canMail(): boolean {
    return this.mail.available;
  }

  /** Whether text messages can be sent at all. */
  get canText(): boolean {
    return this.sms.available;
  }

  /** Queues an email; without a sender it is dropped. */
  async email<Name extends keyof EmailMessages>(
    template: Name,
    message: Recipient<EmailMessages[Name]>,
  ): Promise<void> {
    if (!this.canMail) return;
    await this.outbox.enqueue('mail', {
      to: message.to,
      locale: message.locale ?? null,
      template,
      data: message.data,
    });
  }

  /** Queues a text message; without a sender it is dropped. */
  async text<Name extends keyof SmsMessages>(
    template: Name,
    message: Recipient<SmsMessages[Name]>,
  ): Promise<void> {
    if (!this.canText) return;
    await this.outbox.enqueue('sms', {
      to: message.to,
      locale: message.locale ?? null,
      template,
      data: message.data,
    });
  }
}

@HandlesOutbox('mail')
@Injectable()
export class MailOutboxHandler extends OutboxHandler {
  constructor(
    private readonly sender: MailSender,
    private readonly templates: MessageTemplates,
    private readonly options: ResolvedCoreOptions,
  ) {
    super();
  }

  override async handle(payload: unknown, messageId: string): Promise<void> {
    const { to, locale, template, data } = payload as Envelope<keyof EmailMessages, never>;
    const context = contextOf(this.options, locale);
    const content = this.templates.email(template)(data, context);
    await this.sender.send({
      id: messageId,
      to,
      // A header ends at a line break: a name with one would otherwise add headers of its own.
      subject: content.subject.replace(/[\r\n]+/g, ' '),
      text: renderText(content, context),
      html: renderHtml(content, context),
      template,
    });
  }
}

@HandlesOutbox('sms')
@Injectable()
export class SmsOutboxHandler extends OutboxHandler {
  constructor(
    private readonly sender: SmsSender,
    private readonly templates: MessageTemplates,
    private readonly options: ResolvedCoreOptions,
  ) {
    super();
  }

  override async handle(payload: unknown, messageId: string): Promise<void> {
    const { to, locale, template, data } = payload as Envelope<keyof SmsMessages, never>;
    const text = this.templates.sms(template)(data, contextOf(this.options, locale));
    await this.sender.send({ id: messageId, to, text, purpose: template });
  }
}

function contextOf(options: ResolvedCoreOptions, locale: string | null): MessageContext {
  return { serviceName: options.serviceName, locale: locale ?? 'en' };
}
