import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { OrganizationRecord } from '../organization/organization.js';
import { OrganizationErrors } from '../organization.errors.js';
import { ResolvedOrganizationOptions } from '../organization.options.js';
import { MemberRepository } from './member.repository.js';

/** How many members an organization may have: by its own limit, or the module's. */
@Injectable()
export class MemberLimit {
  constructor(
    private readonly members: MemberRepository,
    private readonly options: ResolvedOrganizationOptions,
  ) {}

  /** Under the organization's lock, with the new member counted. @throws organization.member_limit_reached */
  async assertHolds({ id, memberLimit }: OrganizationRecord): Promise<void> {
    const limit = memberLimit ?? this.options.memberLimit;
    if (limit === null) return;
    assertThat((await this.members.count(id)) <= limit, OrganizationErrors.member_limit_reached);
  }
}
