import type { SmsTemplate } from '../mail/message-content.js';

/** Every text message and what it is given. Other modules add theirs by declaration merging. */
export interface SmsMessages {
  confirm_registration: { readonly code: string };
  registration_number_taken: Record<string, never>;
  verify_phone: { readonly code: string };
  confirm_phone_change: { readonly code: string };
  password_reset: { readonly code: string; readonly link?: string | null };
  phone_number_changed: Record<string, never>;
}

export type SmsTemplates = { readonly [Name in keyof SmsMessages]: SmsTemplate<SmsMessages[Name]> };

/** The bundled words, in English. */
export const defaultSmsTemplates: SmsTemplates = {
  confirm_registration: ({ code }, { serviceName }) =>
    `${code} confirms your registration at ${serviceName}. It is good for 10 minutes.`,
  registration_number_taken: (_data, { serviceName }) =>
    `This number already has an account at ${serviceName}. Sign in, or ask for a new password.`,
  verify_phone: ({ code }, { serviceName }) =>
    `${code} is your ${serviceName} code. It is good for 10 minutes.`,
  confirm_phone_change: ({ code }, { serviceName }) =>
    `${code} confirms your new number at ${serviceName}. It is good for 10 minutes.`,
  password_reset: ({ code, link }, { serviceName }) =>
    `${code} resets your ${serviceName} password. It is good for 10 minutes.${link ? ` Or open ${link}` : ''}`,
  phone_number_changed: (_data, { serviceName }) =>
    `The phone number of your ${serviceName} account was changed. If this was not you, reset your password now.`,
};
