import { InMemoryMailSender, type MailMessage } from '../modules/core/mail/mail-sender.js';
import { InMemorySmsSender, type SmsMessage } from '../modules/core/sms/sms-sender.js';

interface Delivered {
  readonly to: string;
  readonly text: string;
  readonly sentAt: Date;
}

/** Mail and text messages that were sent, by recipient; `drainOutbox()` first, since sending is work after the commit. */
export class TestMailbox {
  constructor(
    readonly mail: InMemoryMailSender = new InMemoryMailSender(10_000),
    readonly sms: InMemorySmsSender = new InMemorySmsSender(10_000),
  ) {}

  /** Emails to an address (of any case), oldest first; of one template, where it is named. */
  mailTo(to: string, template?: string): MailMessage[] {
    return this.mail.messages.filter(
      (message) => isTo(message, to) && (template === undefined || message.template === template),
    );
  }

  /** Text messages to a number, oldest first. */
  smsTo(to: string): SmsMessage[] {
    return this.sms.messages.filter((message) => isTo(message, to));
  }

  /** The link of the latest message that holds one. @throws Error where none does */
  lastLink(to: string): string {
    return this.latest(to, 'link', ({ text }) => /https?:\/\/\S+/.exec(text)?.[0]);
  }

  /** The secret of that link: what stands in its fragment, or else in its query. */
  lastToken(to: string): string {
    const { hash, searchParams } = new URL(this.lastLink(to));
    const token = new URLSearchParams(hash.slice(1)).get('token') ?? searchParams.get('token');
    if (token === null) throw new Error(`The latest link to ${to} carries no token.`);
    return token;
  }

  /** The six digits of the latest message that holds some. @throws Error where none does */
  lastCode(to: string): string {
    return this.latest(
      to,
      'code',
      ({ text }) => /(?<!\d)\d{6}(?!\d)/.exec(text.replace(/https?:\/\/\S+/g, ''))?.[0],
    );
  }

  clear(): void {
    this.mail.clear();
    this.sms.clear();
  }

  private latest(to: string, what: string, find: (message: Delivered) => string | undefined): string {
    const messages: Delivered[] = [...this.mail.messages, ...this.sms.messages].filter((message) =>
      isTo(message, to),
    );
    for (const message of messages.reverse()) {
      const found = find(message);
      if (found !== undefined) return found;
    }
    throw new Error(`No message to ${to} holds a ${what}; ${messages.length} were sent there.`);
  }
}

function isTo(message: { readonly to: string }, to: string): boolean {
  return message.to.toLowerCase() === to.toLowerCase();
}
