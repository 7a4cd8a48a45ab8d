import type { EmailTemplate } from './message-content.js';

/** A link and, where the message carries one, a code that does the same. `minutes`: how long the link is good. */
export interface LinkData {
  readonly link: string;
  readonly code?: string | null;
  readonly minutes: number;
}

/** Every email and what it is given. Other modules add theirs by declaration merging, and their words by a `MessageDefinitions`. */
export interface EmailMessages {
  confirm_registration: LinkData;
  registration_address_taken: Record<string, never>;
  verify_email: LinkData;
  welcome: { readonly name: string | null };
  password_reset: LinkData;
  password_setup: LinkData;
  password_reset_required: LinkData;
  password_changed: Record<string, never>;
  password_set_by_admin: Record<string, never>;
  confirm_email_change: LinkData;
  email_change_requested: { readonly newEmail: string };
  email_changed: { readonly newEmail: string };
  email_removed: Record<string, never>;
  phone_number_changed: Record<string, never>;
  phone_number_removed: Record<string, never>;
}

export type EmailTemplates = { readonly [Name in keyof EmailMessages]: EmailTemplate<EmailMessages[Name]> };

const NOT_YOU = 'If this was not you, you can ignore this message.';
const NOT_YOU_ACT =
  'If this was not you, reset your password now and write to the people who run this service.';

/** For an address that cannot reset the password any more. */
const NOT_YOU_WRITE = 'If this was not you, write to the people who run this service.';

/** The bundled words, in English. */
export const defaultEmailTemplates = {
  confirm_registration: ({ link, code, minutes }, { serviceName }) => ({
    subject: `Confirm your registration at ${serviceName}`,
    paragraphs: [
      'Somebody, we hope you, signed up with this address. Confirm it with the password that was chosen.',
    ],
    action: { label: 'Confirm registration', url: link },
    code: code ?? undefined,
    notes: [lasts(minutes, code), NOT_YOU],
  }),
  registration_address_taken: (_data, { serviceName }) => ({
    subject: `You already have an account at ${serviceName}`,
    paragraphs: [
      'Somebody, perhaps you, signed up with this address, which already has an account. Nothing has changed.',
      'Sign in as before, or ask for a new password if you have forgotten yours.',
    ],
    notes: [NOT_YOU],
  }),
  verify_email: ({ link, code, minutes }) => ({
    subject: 'Confirm your email address',
    paragraphs: ['Confirm that this address is yours.'],
    action: { label: 'Confirm address', url: link },
    code: code ?? undefined,
    notes: [lasts(minutes, code), NOT_YOU],
  }),
  welcome: ({ name }, { serviceName }) => ({
    subject: `Welcome to ${serviceName}`,
    paragraphs: [name ? `Hello ${name},` : 'Hello,', 'your account is ready.'],
  }),
  password_reset: ({ link, code, minutes }) => ({
    subject: 'Reset your password',
    paragraphs: ['Somebody, we hope you, asked for a new password.'],
    action: { label: 'Choose a new password', url: link },
    code: code ?? undefined,
    notes: [lasts(minutes, code), NOT_YOU],
  }),
  password_setup: ({ link, code, minutes }, { serviceName }) => ({
    subject: `You have an account at ${serviceName}`,
    paragraphs: ['An administrator has made an account for you. Choose a password for it.'],
    action: { label: 'Choose a password', url: link },
    code: code ?? undefined,
    notes: [lasts(minutes, code), 'If you did not expect this, you can ignore this message.'],
  }),
  password_reset_required: ({ link, code, minutes }) => ({
    subject: 'Choose a new password',
    paragraphs: [
      'An administrator has voided the password of your account, and every session has been signed out. Choose a new one.',
    ],
    action: { label: 'Choose a new password', url: link },
    code: code ?? undefined,
    notes: [lasts(minutes, code), 'If you did not expect this, write to the people who run this service.'],
  }),
  password_changed: () => ({
    subject: 'Your password was changed',
    paragraphs: ['The password of your account has just been changed. Other sessions have been signed out.'],
    notes: [NOT_YOU_ACT],
  }),
  password_set_by_admin: () => ({
    subject: 'Your password was changed by an administrator',
    paragraphs: [
      'An administrator has set a new password for your account. Every session has been signed out.',
    ],
    notes: ['If you did not expect this, write to the people who run this service.'],
  }),
  confirm_email_change: ({ link, code, minutes }) => ({
    subject: 'Confirm your new email address',
    paragraphs: ['Confirm that this address is yours. Your account keeps its old address until then.'],
    action: { label: 'Confirm new address', url: link },
    code: code ?? undefined,
    notes: [lasts(minutes, code), NOT_YOU],
  }),
  email_change_requested: ({ newEmail }) => ({
    subject: 'A new email address was asked for',
    paragraphs: [`Somebody, we hope you, asked to change the address of your account to ${newEmail}.`],
    notes: [NOT_YOU_ACT],
  }),
  email_changed: ({ newEmail }) => ({
    subject: 'Your email address was changed',
    paragraphs: [`The address of your account is now ${newEmail}. This one no longer signs in.`],
    notes: [NOT_YOU_ACT],
  }),
  email_removed: () => ({
    subject: 'Your email address was removed',
    paragraphs: ['This address has just been removed from your account. It no longer signs in.'],
    notes: [NOT_YOU_WRITE],
  }),
  phone_number_changed: () => ({
    subject: 'Your phone number was changed',
    paragraphs: ['The phone number of your account has just been changed.'],
    notes: [NOT_YOU_ACT],
  }),
  phone_number_removed: () => ({
    subject: 'Your phone number was removed',
    paragraphs: ['The phone number of your account has just been removed.'],
    notes: [NOT_YOU_ACT],
  }),
} satisfies Partial<EmailTemplates>;

function lasts(minutes: number, code: string | null | undefined): string {
  const link = `The link is good for ${inWords(minutes)}`;
  return code ? `${link}, the code for 10 minutes. Each works once.` : `${link}. It works once.`;
}

function inWords(minutes: number): string {
  const [count, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
