import { Injectable } from '@nestjs/common';
import {
  DefinesMessages,
  type EmailTemplate,
  type EmailTemplates,
  MessageDefinitions,
} from '../core/index.js';

/** `newAccount`: the address belongs to nobody, and the link makes an account of it. */
export interface MagicLinkData {
  readonly link: string;
  readonly code: string | null;
  readonly minutes: number;
  readonly newAccount: boolean;
}

declare module '../core/index.js' {
  interface EmailMessages {
    magic_link: MagicLinkData;
  }
}

const CODE_MINUTES = 10;

const magicLink: EmailTemplate<MagicLinkData> = ({ link, code, minutes, newAccount }, { serviceName }) => ({
  subject: newAccount ? `Create your account at ${serviceName}` : `Sign in to ${serviceName}`,
  paragraphs: [
    newAccount
      ? 'Somebody, we hope you, asked to sign in with this address. It has no account yet; this link makes one.'
      : 'Somebody, we hope you, asked to sign in with this address.',
  ],
  action: { label: newAccount ? 'Create account and sign in' : 'Sign in', url: link },
  code: code ?? undefined,
  notes: [
    code === null
      ? `The link is good for ${minutes} minutes. It works once.`
      : `The link is good for ${minutes} minutes, the code for ${Math.min(minutes, CODE_MINUTES)}. Either works once. Enter the code nowhere but where you asked for it.`,
    'Whoever has this message can sign in as you: do not pass it on. If you did not ask for it, you can ignore it.',
  ],
});

/** The words of this module. */
@DefinesMessages({ order: 20 })
@Injectable()
export class MagicLinkMessages extends MessageDefinitions {
  override readonly email: Partial<EmailTemplates> = { magic_link: magicLink };
}
