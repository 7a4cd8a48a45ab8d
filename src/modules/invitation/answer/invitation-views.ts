import { Injectable } from '@nestjs/common';
import { type UserRecord, UserRepository } from '../../core/index.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import { type InvitingOrganization, OrganizationScope } from '../scope/organization.scope.js';

/** An invitation as the invited see it. */
export interface InvitationView {
  readonly invitation: InvitationRecord;
  readonly organization: InvitingOrganization | null;
  readonly inviter: UserRecord | null;
}

/** What the invited see. */
@Injectable()
export class InvitationViews {
  constructor(
    private readonly secrets: InvitationSecrets,
    private readonly users: UserRepository,
    private readonly organizations: OrganizationScope,
  ) {}

  /** For whoever has the link; consumes nothing. `hasAccount`: the way on is to sign in, not to sign up. @throws core.invalid_code */
  async byLink(token: string): Promise<InvitationView & { readonly hasAccount: boolean }> {
    const { invitation } = await this.secrets.open(token);
    const { email } = invitation;
    const owner = email === null ? null : await this.users.findByEmail(email);
    const view = await this.of([invitation]);
    return {
      ...(view.get(invitation.id) ?? { invitation, organization: null, inviter: null }),
      hasAccount: email === null || owner?.emailVerified === true,
    };
  }

  /** By the ids of the invitations; two queries, however many there are. */
  async of(invitations: readonly InvitationRecord[]): Promise<ReadonlyMap<string, InvitationView>> {
    const organizations = await this.organizations.describe(
      distinct(invitations.map(({ organizationId }) => organizationId)),
    );
    const inviters = new Map(
      (await this.users.findByIds(distinct(invitations.map(({ inviterId }) => inviterId)))).map((user) => [
        user.id,
        user,
      ]),
    );
    return new Map(
      invitations.map((invitation) => {
        const { organizationId, inviterId } = invitation;
        const organization = organizationId === null ? null : (organizations.get(organizationId) ?? null);
        const inviter = inviterId === null ? null : (inviters.get(inviterId) ?? null);
        return [invitation.id, { invitation, organization, inviter }];
      }),
    );
  }
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}
