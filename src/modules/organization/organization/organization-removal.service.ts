import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { RoleScopes } from '../../rbac/index.js';
import { type Actor, OrganizationAnnouncements } from '../organization-announcements.js';
import { OrganizationErrors } from '../organization.errors.js';
import { OrganizationSlugs } from '../slug/organization-slugs.js';
import { OrganizationRepository } from './organization.repository.js';

/** Takes an organization away with all that hangs on it, for whoever has the right to; it asks for none. */
@Injectable()
export class OrganizationRemoval {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly slugs: OrganizationSlugs,
    private readonly roles: RoleScopes,
    private readonly transactions: TransactionRunner,
    private readonly announcements: OrganizationAnnouncements,
  ) {}

  /** Joins the transaction. @throws organization.not_found */
  async remove(organizationId: string, actor: Actor): Promise<void> {
    await this.transactions.run(async () => {
      assertThat(await this.organizations.lock(organizationId), OrganizationErrors.not_found);
      await this.roles.removeScope(organizationId);
      await this.slugs.release('organization', organizationId);
      await this.organizations.delete(organizationId);
      await this.announcements.deleted(organizationId, actor);
    });
  }
}
