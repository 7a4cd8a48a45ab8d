import type { OnModuleInit } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { OptionalPeer } from '../../../shared/peers/optional-peer.js';
import { type MailMessage, MailSender } from './mail-sender.js';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** `Name <address>` of the sender. */
  readonly from: string;
  /** @default 10 s for connecting and greeting, 20 s for silence */
  readonly timeoutMs?: number;
}

const nodemailer = new OptionalPeer('nodemailer', 'SmtpMailSender', () => import('nodemailer'));

/** Sends by SMTP over a small pool of connections; needs the package `nodemailer`. */
export class SmtpMailSender extends MailSender implements OnModuleInit {
  readonly available = true;
  private transport: Transporter | undefined;
  private readonly domain: string;

  constructor(private readonly options: SmtpOptions) {
    super();
    this.domain = /@([^>\s]+)/.exec(options.from)?.[1] ?? 'localhost';
  }

  /** The application starts with the package, or not at all. @throws MissingPeerError */
  async onModuleInit(): Promise<void> {
    await nodemailer.load();
  }

  override async send(message: MailMessage): Promise<void> {
    const transport = await this.open();
    await transport.sendMail({
      from: this.options.from,
      to: { name: '', address: message.to },
      subject: message.subject,
      text: message.text,
      html: message.html,
      messageId: `<${message.id}@${this.domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  /** Connects and signs in. */
  override async check(): Promise<void> {
    const transport = await this.open();
    await transport.verify();
  }

  close(): void {
    this.transport?.close();
  }

  private async open(): Promise<Transporter> {
    await nodemailer.load();
    return (this.transport ??= this.createTransport());
  }

  private createTransport(): Transporter {
    const timeout = this.options.timeoutMs ?? 10_000;
    return nodemailer.module.createTransport({
      url: this.options.url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: 2 * timeout,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
}
