import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../../core/index.js';
import { MemberRepository } from '../member/member.repository.js';
import { type Actor, OrganizationAnnouncements } from '../organization-announcements.js';
import { OrganizationErrors } from '../organization.errors.js';
import { OrganizationSlugs } from '../slug/organization-slugs.js';
import { assertMetadata } from './organization-metadata.js';
import type { OrganizationRecord } from './organization.js';
import { OrganizationRepository } from './organization.repository.js';

/** An organization to be. Without a slug one is made of the name. */
export interface FoundingRequest {
  readonly name: string;
  readonly slug?: string;
  readonly logoUrl?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly memberLimit?: number | null;
  readonly personal?: boolean;
}

/** The one way in which organizations come to be, each with its first owner. */
@Injectable()
export class OrganizationFounding {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly slugs: OrganizationSlugs,
    private readonly transactions: TransactionRunner,
    private readonly announcements: OrganizationAnnouncements,
    private readonly ids: IdGenerator,
  ) {}

  /** Joins the transaction. @throws organization.invalid_slug, organization.slug_reserved, organization.slug_taken, organization.metadata_too_large, core.account_deleted */
  async found(ownerId: string, request: FoundingRequest, actor: Actor): Promise<OrganizationRecord> {
    assertMetadata(request.metadata);
    const wanted = request.slug === undefined ? null : this.slugs.parse(request.slug);
    return this.transactions.run(async () => {
      const id = this.ids.next();
      const { now } = this.announcements;
      if (wanted !== null) await this.slugs.claim(wanted, id);
      const slug = wanted ?? (await this.slugs.claimDerived(request.name, id));
      const organization = recordOf(id, slug, ownerId, request, now);
      assertThat(await this.organizations.create(organization), OrganizationErrors.slug_taken);
      const owner = {
        id: this.ids.next(),
        realmId: DEFAULT_REALM_ID,
        organizationId: id,
        userId: ownerId,
        role: 'owner',
        joinedAt: now,
      } as const;
      assertThat((await this.members.add(owner)) === 'added', CoreErrors.account_deleted);
      await this.announcements.created(id, actor);
      await this.announcements.memberAdded(owner, actor);
      return organization;
    });
  }
}

function recordOf(
  id: string,
  slug: string,
  ownerId: string,
  request: FoundingRequest,
  now: Date,
): OrganizationRecord {
  return {
    id,
    realmId: DEFAULT_REALM_ID,
    name: request.name,
    slug,
    ownerId,
    logoUrl: request.logoUrl ?? null,
    metadata: request.metadata ?? {},
    active: true,
    personal: request.personal ?? false,
    memberLimit: request.memberLimit ?? null,
    createdAt: now,
    updatedAt: null,
  };
}
