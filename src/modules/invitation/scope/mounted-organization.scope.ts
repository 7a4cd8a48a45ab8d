import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  MemberAdmission,
  MemberPermissions,
  MemberRepository,
  OrganizationAccess,
  OrganizationAnnouncements,
  OrganizationRepository,
  outranks,
} from '../../organization/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import type { Invitee } from './invitation-scope.js';
import { Inviters } from './inviters.js';
import { type InvitingOrganization, OrganizationScope } from './organization.scope.js';

/** Invitations into organizations, where those are mounted: what they promise is a membership. */
@Injectable()
export class MountedOrganizationScope extends OrganizationScope {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly access: OrganizationAccess,
    private readonly permissions: MemberPermissions,
    private readonly admission: MemberAdmission,
    private readonly announcements: OrganizationAnnouncements,
    private readonly inviters: Inviters,
  ) {
    super();
  }

  override async hold({ organizationId }: InvitationRecord): Promise<void> {
    const organization = organizationId === null ? null : await this.organizations.lock(organizationId);
    assertThat(organization?.active, InvitationErrors.not_found);
  }

  /** A member who may invite, to a role that is not above their own. */
  override async isGood({ organizationId, inviterId, role }: InvitationRecord): Promise<boolean> {
    if (inviterId === null) return true;
    if (organizationId === null || role === null || !(await this.inviters.find(inviterId))) return false;
    const membership = await this.access.membership(inviterId, organizationId);
    if (!membership || outranks(role, membership.role)) return false;
    return (await this.permissions.of(inviterId, membership)).allows('invitation:create');
  }

  override async admit(
    { organizationId, role }: InvitationRecord,
    { user, registered }: Invitee,
    client: ClientInfo,
  ): Promise<void> {
    assertThat(organizationId !== null && role !== null, InvitationErrors.not_found);
    const actor = { actorId: user.id, client };
    const member = registered ? await this.members.find(organizationId, user.id) : null;
    if (!member) {
      await this.admission.admit({ organizationId, userId: user.id, role }, actor);
      return;
    }
    // The account came in with its registration already (`single` mode): what is left is the role.
    if (!outranks(role, member.role)) return;
    const raised = await this.members.setRole(organizationId, user.id, role, this.announcements.now);
    if (raised) await this.announcements.roleChanged(raised, member.role, actor);
  }

  override async describe(
    organizationIds: readonly string[],
  ): Promise<ReadonlyMap<string, InvitingOrganization>> {
    const found = await this.organizations.findByIds(organizationIds);
    return new Map(found.map(({ id, name, slug, logoUrl }) => [id, { id, name, slug, logoUrl }]));
  }
}
