import type { SmsTemplate } from '../mail/message-content.js';

/** Every text message and what it is given. Other modules add theirs by declaration merging, and their words by a `MessageDefinitions`. */
export interface SmsMessages {
  confirm_registration: { readonly code: string };
  registration_number_taken: Record<string, never>;
  verify_phone: { readonly code: string };
  confirm_phone_change: { readonly code: string };
  password_reset: { readonly code: string; readonly link?: string | null };
  password_changed: Record<string, never>;
  password_set_by_admin: Record<string, never>;
  phone_number_changed: Record<string, never>;
  phone_number_removed: Record<string, never>;
}

export type SmsTemplates = { readonly [Name in keyof SmsMessages]: SmsTemplate<SmsMessages[Name]> };

/** The bundled words, in English. */
export const defaultSmsTemplates = {
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
  phone_number_removed: (_data, { serviceName }) =>
    `This number was removed from your ${serviceName} account. If this was not you, write to the people who run the service.`,
  password_changed: (_data, { serviceName }) =>
    `The password of your ${serviceName} account was changed. If this was not you, reset it now.`,
  password_set_by_admin: (_data, { serviceName }) =>
    `An administrator set a new password for your ${serviceName} account. If you did not expect this, write to the people who run the service.`,
  phone_number_changed: (_data, { serviceName }) =>
    `The phone number of your ${serviceName} account was changed. If this was not you, reset your password now.`,
} satisfies Partial<SmsTemplates>;
