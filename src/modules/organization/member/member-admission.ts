import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../../core/index.js';
import { OrganizationRepository } from '../organization/organization.repository.js';
import { type Actor, OrganizationAnnouncements } from '../organization-announcements.js';
import { OrganizationErrors } from '../organization.errors.js';
import { MemberLimit } from './member-limit.js';
import type { MemberRecord } from './member.js';
import { MemberRepository } from './member.repository.js';

/** Who is to become what. */
export type Admission = Pick<MemberRecord, 'organizationId' | 'userId' | 'role'>;

/** The one way into an organization after its founding; it does not ask who has the right. */
@Injectable()
export class MemberAdmission {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly limit: MemberLimit,
    private readonly transactions: TransactionRunner,
    private readonly announcements: OrganizationAnnouncements,
    private readonly ids: IdGenerator,
  ) {}

  /** Joins the transaction. @throws organization.not_found, core.account_deleted, organization.already_a_member, organization.member_limit_reached */
  async admit(admission: Admission, actor: Actor): Promise<MemberRecord> {
    return this.transactions.run(async () => {
      const organization = await this.organizations.lock(admission.organizationId);
      assertThat(organization?.active, OrganizationErrors.not_found);
      const joinedAt = this.announcements.now;
      const member = { ...admission, id: this.ids.next(), realmId: DEFAULT_REALM_ID, joinedAt };
      const outcome = await this.members.add(member);
      assertThat(outcome !== 'no_user', CoreErrors.account_deleted);
      assertThat(outcome === 'added', OrganizationErrors.already_a_member);
      // Counted after: under the lock nobody else adds, and who is a member already hears of that first.
      await this.limit.assertHolds(organization);
      await this.announcements.memberAdded(member, actor);
      return { ...member, updatedAt: null };
    });
  }
}
