import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { OrganizationAccess } from '../access/organization-access.js';
import { OrganizationAnnouncements } from '../organization-announcements.js';
import { OrganizationErrors } from '../organization.errors.js';
import { OrganizationSlugs } from '../slug/organization-slugs.js';
import { assertMetadata } from './organization-metadata.js';
import type { OrganizationChanges, OrganizationRecord } from './organization.js';
import {
  ORGANIZATION_LISTING,
  type OrganizationFilter,
  OrganizationRepository,
  type OrganizationSortField,
} from './organization.repository.js';

const KEY = keyFrom<OrganizationRecord, OrganizationSortField>({
  created_at: (row) => row.createdAt,
  name: (row) => row.name,
});

/** What a member with the right may change. */
export type OrganizationUpdate = Pick<OrganizationChanges, 'name' | 'slug' | 'logoUrl' | 'metadata'>;

/** Organizations as their members see and change them. */
@Injectable()
export class OrganizationService {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly slugs: OrganizationSlugs,
    private readonly access: OrganizationAccess,
    private readonly transactions: TransactionRunner,
    private readonly announcements: OrganizationAnnouncements,
  ) {}

  /** @throws organization.not_found, to whom is no member too */
  async get(userId: string, organizationId: string): Promise<OrganizationRecord> {
    await this.access.require(userId, organizationId, 'organization:read');
    return this.find(organizationId);
  }

  /** By its slug or one of its former ones. @throws organization.not_found, to whom is no member too */
  async getBySlug(userId: string, slug: string): Promise<OrganizationRecord> {
    const found = await this.slugs.find('organization', slug);
    assertThat(found?.kind === 'organization', OrganizationErrors.not_found);
    return this.get(userId, found.ownerId);
  }

  /** Without asking who wants to know. @throws organization.not_found */
  async find(organizationId: string): Promise<OrganizationRecord> {
    const organization = await this.organizations.findById(organizationId);
    assertThat(organization, OrganizationErrors.not_found);
    return organization;
  }

  async list(options: ListingOpts, filter: OrganizationFilter): Promise<Page<OrganizationRecord>> {
    const listing = ORGANIZATION_LISTING.normalize(options);
    const { rows, total } = await this.organizations.list(listing, filter);
    return toPage(listing, rows, total, KEY);
  }

  /** Former slugs, the latest first. @throws organization.not_found */
  async aliases(userId: string, organizationId: string): Promise<string[]> {
    await this.access.require(userId, organizationId, 'organization:read');
    return this.slugs.aliases('organization', organizationId);
  }

  /**
   * Changes what is given. A new slug leaves the old one as an alias.
   * @throws organization.not_found, organization.forbidden, organization.personal_locked, organization.slug_taken, organization.invalid_slug,
   * organization.metadata_too_large
   */
  async update(
    userId: string,
    organizationId: string,
    changes: OrganizationUpdate,
    client: ClientInfo,
  ): Promise<OrganizationRecord> {
    assertMetadata(changes.metadata);
    return this.transactions.run(async () => {
      await this.access.require(userId, organizationId, 'organization:update');
      const current = await this.organizations.lock(organizationId);
      assertThat(current, OrganizationErrors.not_found);
      const slug = await this.rename(current, changes.slug);
      const { now } = this.announcements;
      const updated = await this.organizations.update(organizationId, { ...changes, slug }, now);
      assertThat(updated, OrganizationErrors.not_found);
      await this.announcements.updated(organizationId, { actorId: userId, client });
      return updated;
    });
  }

  private async rename(
    { id, slug, personal }: OrganizationRecord,
    wanted: string | undefined,
  ): Promise<string | undefined> {
    if (wanted === undefined || wanted === slug) return undefined;
    assertThat(!personal, OrganizationErrors.personal_locked);
    const parsed = this.slugs.parse(wanted);
    await this.slugs.claim(parsed, id);
    return parsed;
  }
}
