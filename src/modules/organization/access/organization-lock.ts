import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { MemberRepository } from '../member/member.repository.js';
import { OrganizationErrors } from '../organization.errors.js';
import { OrganizationRepository } from '../organization/organization.repository.js';

/** Transactions that hold an organization's row. */
@Injectable()
export class OrganizationLock {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @throws organization.not_found */
  run<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.transactions.run(async () => {
      assertThat(await this.organizations.lock(organizationId), OrganizationErrors.not_found);
      return work();
    });
  }

  /** @throws organization.member_not_found */
  async assertMember(organizationId: string, userId: string): Promise<void> {
    const member = isUuid(userId) ? await this.members.find(organizationId, userId) : null;
    assertThat(member, OrganizationErrors.member_not_found);
  }
}
