import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { OrganizationErrors } from '../organization.errors.js';
import { ResolvedOrganizationOptions } from '../organization.options.js';
import { parseSlug, slugFrom, type SlugOwnerKind, type SlugRecord } from './slug.js';
import { SlugRepository } from './slug.repository.js';

/** How many numbered variants of a derived slug are tried. */
const VARIANTS = 50;

/** Names in addresses: who has which, now and formerly. */
@Injectable()
export class OrganizationSlugs {
  constructor(
    private readonly slugs: SlugRepository,
    private readonly options: ResolvedOrganizationOptions,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** @throws organization.invalid_slug, organization.slug_reserved */
  parse(text: string): string {
    const slug = parseSlug(text);
    assertThat(slug, OrganizationErrors.invalid_slug);
    assertThat(!this.options.reservedSlugs.has(slug), OrganizationErrors.slug_reserved);
    return slug;
  }

  /** Takes a parsed slug for an organization, inside its transaction. @throws organization.slug_taken, organization.owner_slug_taken */
  async claim(slug: string, organizationId: string): Promise<void> {
    const error = this.options.sharedNamespace
      ? OrganizationErrors.owner_slug_taken
      : OrganizationErrors.slug_taken;
    assertThat(await this.take('organization', slug, organizationId), error);
  }

  /** Takes a slug made of a name, numbered where others have it; inside the organization's transaction. @throws organization.slug_taken */
  async claimDerived(name: string, organizationId: string): Promise<string> {
    const base = slugFrom(name) ?? 'organization';
    for (let variant = 1; variant <= VARIANTS; variant += 1) {
      const slug = variant === 1 ? base : `${base}-${variant}`;
      if (this.options.reservedSlugs.has(slug)) continue;
      if (await this.take('organization', slug, organizationId)) return slug;
    }
    // Long enough to be nobody's.
    const slug = `${base}-${organizationId.slice(-12)}`;
    await this.claim(slug, organizationId);
    return slug;
  }

  /** Takes a username for a user, inside the user's transaction. @throws organization.owner_slug_taken in a shared namespace */
  async claimForUser(username: string, userId: string): Promise<void> {
    assertThat(await this.take('user', username.toLowerCase(), userId), OrganizationErrors.owner_slug_taken);
  }

  /** Whose name it is or was; `null`: nobody's. */
  find(kind: SlugOwnerKind, slug: string): Promise<SlugRecord | null> {
    return this.slugs.find(this.namespaceOf(kind), slug.toLowerCase());
  }

  /** The organization that a username would clash with: where they share one namespace, its slug, or a former one. */
  async findRival(username: string): Promise<SlugRecord | null> {
    if (!this.options.sharedNamespace) return null;
    const found = await this.find('user', username);
    return found?.kind === 'organization' ? found : null;
  }

  /** Former names, the latest first. */
  aliases(kind: SlugOwnerKind, ownerId: string): Promise<string[]> {
    return this.slugs.aliases(kind, ownerId);
  }

  release(kind: SlugOwnerKind, ownerId: string): Promise<void> {
    return this.slugs.release(kind, ownerId);
  }

  private take(kind: SlugOwnerKind, slug: string, ownerId: string): Promise<boolean> {
    const createdAt = this.clock.now();
    const namespace = this.namespaceOf(kind);
    return this.slugs.claim({ id: this.ids.next(), namespace, slug, kind, ownerId, createdAt });
  }

  private namespaceOf(kind: SlugOwnerKind): string {
    return this.options.sharedNamespace ? 'shared' : kind;
  }
}
