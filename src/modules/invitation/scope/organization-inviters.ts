import { Injectable } from '@nestjs/common';
import { MemberPermissions, OrganizationAccess, outranks } from '../../organization/index.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { Inviters } from './inviters.js';

/** Members who have invited somebody. */
@Injectable()
export class OrganizationInviters {
  constructor(
    private readonly inviters: Inviters,
    private readonly access: OrganizationAccess,
    private readonly permissions: MemberPermissions,
  ) {}

  /** Whether the inviter is a member who may invite, to a role that is not above their own. */
  async mayInvite({ organizationId, inviterId, role }: InvitationRecord): Promise<boolean> {
    if (inviterId === null) return true;
    if (organizationId === null || role === null || !(await this.inviters.find(inviterId))) return false;
    const membership = await this.access.membership(inviterId, organizationId);
    if (!membership || outranks(role, membership.role)) return false;
    return (await this.permissions.of(inviterId, membership)).allows('invitation:create');
  }
}
