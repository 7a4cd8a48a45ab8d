import { Injectable } from '@nestjs/common';
import {
  DefinesMessages,
  type EmailTemplates,
  MessageDefinitions,
  type SmsTemplates,
} from '../core/index.js';

declare module '../core/mail/email-templates.js' {
  interface EmailMessages {
    two_factor_code: { readonly code: string };
    /** `method` as people call it. */
    two_factor_enabled: { readonly method: string };
    two_factor_disabled: { readonly method: string };
    two_factor_reset: Record<string, never>;
    backup_code_used: { readonly left: number };
    backup_codes_replaced: Record<string, never>;
  }
}
declare module '../core/sms/sms-templates.js' {
  interface SmsMessages {
    two_factor_code: { readonly code: string };
  }
}

/** Notices of what has happened to second factors. */
export type TwoFactorNotice =
  | 'two_factor_enabled'
  | 'two_factor_disabled'
  | 'two_factor_reset'
  | 'backup_code_used'
  | 'backup_codes_replaced';

const NOT_YOU =
  'If this was not you, sign in, change your password, and write to the people who run this service.';

const email: Pick<EmailTemplates, TwoFactorNotice | 'two_factor_code'> = {
  two_factor_code: ({ code }, { serviceName }) => ({
    subject: `Your ${serviceName} code`,
    paragraphs: [`Somebody, we hope you, is signing in to ${serviceName}. This is the second step.`],
    code,
    notes: [
      'The code is good for 10 minutes and works once. Nobody who works for us will ask you for it.',
      'If this was not you, somebody knows your password: change it now.',
    ],
  }),
  two_factor_enabled: ({ method }) => ({
    subject: 'Two-factor authentication is on',
    paragraphs: [`Signing in to your account can be completed by ${method} from now on.`],
    notes: [NOT_YOU],
  }),
  two_factor_disabled: ({ method }) => ({
    subject: 'A second factor was removed',
    paragraphs: [`Signing in to your account is no longer completed by ${method}.`],
    notes: [NOT_YOU],
  }),
  two_factor_reset: () => ({
    subject: 'Your second factors were removed by an administrator',
    paragraphs: [
      'An administrator has removed every second factor of your account. You can set them up anew.',
    ],
    notes: ['If you did not expect this, write to the people who run this service.'],
  }),
  backup_code_used: ({ left }) => ({
    subject: 'A backup code was used',
    paragraphs: [
      'One of your backup codes has just been used in place of a second factor.',
      left === 0
        ? 'There is none left: make new ones.'
        : `There ${left === 1 ? 'is 1' : `are ${left}`} left.`,
    ],
    notes: [NOT_YOU],
  }),
  backup_codes_replaced: () => ({
    subject: 'There are new backup codes',
    paragraphs: ['New backup codes have been made for your account. The older ones no longer work.'],
    notes: [NOT_YOU],
  }),
};

const sms: Pick<SmsTemplates, 'two_factor_code'> = {
  two_factor_code: ({ code }, { serviceName }) =>
    `${code} is your ${serviceName} code. It is good for 10 minutes. Do not share it.`,
};

/** The words of the module's messages. */
@DefinesMessages({ order: 100 })
@Injectable()
export class TwoFactorMessages extends MessageDefinitions {
  override readonly email = email;
  override readonly sms = sms;
}
