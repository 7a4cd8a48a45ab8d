import { Injectable } from '@nestjs/common';
import { Clock } from '../../../shared/time/clock.js';
import { Notifications, secretLink, type UserRecord, UserRepository } from '../../core/index.js';
import { ResolvedInvitationOptions } from '../invitation.options.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { OrganizationScope } from '../scope/organization.scope.js';
import { displayName } from './display-name.js';
import { InvitationSecrets } from './invitation-secrets.js';

const DAY_MS = 24 * 60 * 60_000;

/** Sends the links of invitations. */
@Injectable()
export class InvitationMailer {
  constructor(
    private readonly secrets: InvitationSecrets,
    private readonly notifications: Notifications,
    private readonly users: UserRepository,
    private readonly organizations: OrganizationScope,
    private readonly clock: Clock,
    private readonly options: ResolvedInvitationOptions,
  ) {}

  /** Makes a new link and queues the message; joins the transaction. An account without a proven address finds its invitation in its list alone. */
  async send(invitation: InvitationRecord): Promise<void> {
    const { email, userId } = invitation;
    const account = userId === null ? null : await this.users.findById(userId);
    const to = email ?? provenAddress(account);
    if (to === null) return;
    const token = await this.secrets.issue(invitation, to);
    const data = await this.dataOf(invitation, token);
    const message = { to, locale: invitation.locale ?? account?.locale };
    if ('organization' in data)
      await this.notifications.email('organization_invitation', { ...message, data });
    else await this.notifications.email('invitation', { ...message, data });
  }

  private async dataOf({ organizationId, role, inviterId, expiresAt }: InvitationRecord, token: string) {
    const { link, declineLink } = this.options;
    const inviter = inviterId === null ? null : await this.users.findById(inviterId);
    const data = {
      link: secretLink(link, token),
      declineLink: declineLink === null ? null : secretLink(declineLink, token),
      inviter: displayName(inviter?.name) ?? displayName(inviter?.username),
      days: Math.max(1, Math.round((expiresAt.getTime() - this.clock.now().getTime()) / DAY_MS)),
    };
    if (organizationId === null || role === null) return data;
    const organization = (await this.organizations.describe([organizationId])).get(organizationId);
    return { ...data, role, organization: displayName(organization?.name) ?? organization?.slug ?? '' };
  }
}

function provenAddress(account: UserRecord | null): string | null {
  return account?.emailVerified ? account.email : null;
}
