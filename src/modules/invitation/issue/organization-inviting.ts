import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { UserRepository } from '../../core/index.js';
import {
  type MemberRole,
  type Membership,
  MemberRepository,
  OrganizationAccess,
  OrganizationErrors,
  type OrganizationPermission,
  OrganizationRepository,
  outranks,
} from '../../organization/index.js';
import type { InviteeKey } from './invitees.js';

/** No account: looked for, so that one that is there and one that is not take the same way. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Who may invite whom into an organization. */
@Injectable()
export class OrganizationInviting {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly users: UserRepository,
    private readonly access: OrganizationAccess,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @throws organization.not_found to whom is no member, organization.forbidden */
  require(actorId: string, organizationId: string, permission: OrganizationPermission): Promise<Membership> {
    return this.access.require(actorId, organizationId, permission);
  }

  /** As `require`, and the role is not above the actor's own. @throws organization.role_too_high */
  async requireUpTo(
    role: MemberRole | null,
    actorId: string,
    organizationId: string,
    permission: OrganizationPermission,
  ): Promise<Membership> {
    const membership = await this.access.require(actorId, organizationId, permission);
    assertThat(role !== null && !outranks(role, membership.role), OrganizationErrors.role_too_high);
    return membership;
  }

  /** Members are known to their admins anyway; of an account that is no member nothing is told. @throws organization.already_a_member */
  async assertNoMember(organizationId: string, { email, userId }: InviteeKey): Promise<void> {
    const user = email === null ? null : await this.users.findByEmail(email);
    const known = userId ?? (user?.emailVerified ? user.id : NOBODY);
    assertThat(!(await this.members.find(organizationId, known)), OrganizationErrors.already_a_member);
  }

  /** A transaction that holds the organization's row. @throws organization.not_found */
  holding<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.transactions.run(async () => {
      assertThat(await this.organizations.lock(organizationId), OrganizationErrors.not_found);
      return work();
    });
  }
}
