import { Injectable } from '@nestjs/common';
import {
  DefinesMessages,
  type EmailTemplate,
  type EmailTemplates,
  MessageDefinitions,
} from '../core/index.js';

/** `inviter` and `organization` are names; `null` where there is none. */
export interface InvitationData {
  readonly link: string;
  readonly declineLink: string | null;
  readonly inviter: string | null;
  readonly days: number;
}

export interface OrganizationInvitationData extends InvitationData {
  readonly organization: string;
  readonly role: string;
}

declare module '../core/mail/email-templates.js' {
  interface EmailMessages {
    invitation: InvitationData;
    organization_invitation: OrganizationInvitationData;
  }
}

const invitation: EmailTemplate<InvitationData> = (data, { serviceName }) => ({
  subject: `You are invited to ${serviceName}`,
  paragraphs: [`${data.inviter ?? 'Somebody'} invites you to ${serviceName}.`],
  action: { label: 'See the invitation', url: data.link },
  notes: notesOf(data),
});

const organizationInvitation: EmailTemplate<OrganizationInvitationData> = (data, { serviceName }) => ({
  subject: `You are invited to ${data.organization} at ${serviceName}`,
  paragraphs: [
    `${data.inviter ?? 'Somebody'} invites you to ${data.organization} at ${serviceName}, as ${data.role}.`,
  ],
  action: { label: 'See the invitation', url: data.link },
  notes: notesOf(data),
});

function notesOf({ days, declineLink }: InvitationData): string[] {
  return [
    `The invitation is good for ${days} ${days === 1 ? 'day' : 'days'}, and for you alone: do not pass it on.`,
    ...(declineLink === null ? [] : [`To decline it, open ${declineLink}`]),
    'If you do not know what this is about, you can ignore it.',
  ];
}

/** The words of this module. */
@DefinesMessages({ order: 30 })
@Injectable()
export class InvitationMessages extends MessageDefinitions {
  override readonly email: Partial<EmailTemplates> = {
    invitation,
    organization_invitation: organizationInvitation,
  };
}
