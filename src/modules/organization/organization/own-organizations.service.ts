import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { OrganizationAccess } from '../access/organization-access.js';
import { OrganizationErrors } from '../organization.errors.js';
import { ResolvedOrganizationOptions } from '../organization.options.js';
import { type FoundingRequest, OrganizationFounding } from './organization-founding.service.js';
import { OrganizationRemoval } from './organization-removal.service.js';
import type { OrganizationRecord } from './organization.js';
import { OrganizationRepository } from './organization.repository.js';

/** What users do with organizations of their own. */
@Injectable()
export class OwnOrganizations {
  constructor(
    private readonly founding: OrganizationFounding,
    private readonly removal: OrganizationRemoval,
    private readonly organizations: OrganizationRepository,
    private readonly access: OrganizationAccess,
    private readonly transactions: TransactionRunner,
    private readonly options: ResolvedOrganizationOptions,
  ) {}

  /** @throws organization.creation_disabled in `single` mode, organization.invalid_slug, organization.slug_reserved, organization.slug_taken */
  async create(
    userId: string,
    request: Omit<FoundingRequest, 'personal' | 'memberLimit'>,
    client: ClientInfo,
  ): Promise<OrganizationRecord> {
    assertThat(this.options.mode === 'multi', OrganizationErrors.creation_disabled);
    return this.founding.found(userId, request, { actorId: userId, client });
  }

  /** @throws organization.not_found, organization.forbidden to whom is no owner, organization.personal_locked */
  async delete(userId: string, organizationId: string, client: ClientInfo): Promise<void> {
    await this.transactions.run(async () => {
      await this.access.require(userId, organizationId, 'organization:read');
      const organization = await this.organizations.lock(organizationId);
      assertThat(organization, OrganizationErrors.not_found);
      await this.access.require(userId, organizationId, 'organization:delete');
      assertThat(!organization.personal, OrganizationErrors.personal_locked);
      await this.removal.remove(organizationId, { actorId: userId, client });
    });
  }
}
