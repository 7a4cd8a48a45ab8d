import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { OrganizationRepository } from '../../organization/index.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import type { Invitee } from './invitation-scope.js';
import { OrganizationEntrance } from './organization-entrance.js';
import { OrganizationInviters } from './organization-inviters.js';
import { type InvitingOrganization, OrganizationScope } from './organization.scope.js';

/** Invitations into organizations, where those are mounted: what they promise is a membership. */
@Injectable()
export class MountedOrganizationScope extends OrganizationScope {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly inviters: OrganizationInviters,
    private readonly entrance: OrganizationEntrance,
  ) {
    super();
  }

  override async hold({ organizationId }: InvitationRecord): Promise<boolean> {
    const organization = organizationId === null ? null : await this.organizations.lock(organizationId);
    return organization?.active === true;
  }

  override isGood(invitation: InvitationRecord): Promise<boolean> {
    return this.inviters.mayInvite(invitation);
  }

  override admit(invitation: InvitationRecord, invitee: Invitee, client: ClientInfo): Promise<void> {
    return this.entrance.admit(invitation, invitee, client);
  }

  override async describe(
    organizationIds: readonly string[],
  ): Promise<ReadonlyMap<string, InvitingOrganization>> {
    const found = await this.organizations.findByIds(organizationIds);
    return new Map(found.map(({ id, name, slug, logoUrl }) => [id, { id, name, slug, logoUrl }]));
  }
}
