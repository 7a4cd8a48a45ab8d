import { DiscoveryService } from '@nestjs/core';
import type { EmailTemplates } from '../mail/email-templates.js';
import type { SmsTemplates } from '../sms/sms-templates.js';

/**
 * Brings the words of a module's own messages; their names and data are added to `EmailMessages` and `SmsMessages` by declaration merging. The host's
 * `emailTemplates` and `smsTemplates` come before them.
 */
export abstract class MessageDefinitions {
  readonly email: Partial<EmailTemplates> = {};
  readonly sms: Partial<SmsTemplates> = {};
}

export const DefinesMessages = DiscoveryService.createDecorator<{ order: number }>();
