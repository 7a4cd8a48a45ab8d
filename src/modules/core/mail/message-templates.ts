import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ResolvedCoreOptions } from '../core.options.js';
import { discovered } from '../extension/discovered.js';
import { DefinesMessages, MessageDefinitions } from '../extension/message-definitions.js';
import { defaultSmsTemplates, type SmsMessages, type SmsTemplates } from '../sms/sms-templates.js';
import { defaultEmailTemplates, type EmailMessages, type EmailTemplates } from './email-templates.js';

/** The words of every message: the host's where it has some, else those of the module that sends it. */
@Injectable()
export class MessageTemplates {
  private templates: { email: Partial<EmailTemplates>; sms: Partial<SmsTemplates> } | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly options: ResolvedCoreOptions,
  ) {}

  email<Name extends keyof EmailMessages>(name: Name): EmailTemplates[Name] {
    return assertDefined<EmailTemplates[Name]>(this.collected.email[name], name);
  }

  sms<Name extends keyof SmsMessages>(name: Name): SmsTemplates[Name] {
    return assertDefined<SmsTemplates[Name]>(this.collected.sms[name], name);
  }

  private get collected(): { email: Partial<EmailTemplates>; sms: Partial<SmsTemplates> } {
    if (this.templates) return this.templates;
    const modules = discovered(this.discovery, DefinesMessages, MessageDefinitions);
    this.templates = {
      email: Object.assign(
        {},
        defaultEmailTemplates,
        ...modules.map((module) => module.email),
        this.options.emailTemplates,
      ) as Partial<EmailTemplates>,
      sms: Object.assign(
        {},
        defaultSmsTemplates,
        ...modules.map((module) => module.sms),
        this.options.smsTemplates,
      ) as Partial<SmsTemplates>,
    };
    return this.templates;
  }
}

function assertDefined<T>(template: T | undefined, name: string): T {
  if (template === undefined) throw new Error(`The message ${name} has no template.`);
  return template;
}
