import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import { UserRegistered } from '../../core/index.js';
import { MemberAdmission } from '../member/member-admission.js';
import { OrganizationErrors } from '../organization.errors.js';
import { ResolvedOrganizationOptions } from '../organization.options.js';
import { OrganizationFounding } from '../organization/organization-founding.service.js';
import { OrganizationSlugs } from '../slug/organization-slugs.js';

/** In `single` mode: the first account makes the organization and owns it, each later one joins it as a member. */
@Injectable()
export class SingleOrganization {
  constructor(
    private readonly slugs: OrganizationSlugs,
    private readonly founding: OrganizationFounding,
    private readonly admission: MemberAdmission,
    private readonly options: ResolvedOrganizationOptions,
  ) {}

  @OnAuthEvent(UserRegistered, { phase: 'transaction' })
  async onRegistered({ userId, client }: UserRegistered): Promise<void> {
    if (this.options.mode !== 'single') return;
    const actor = { actorId: null, client };
    const organizationId = (await this.find()) ?? (await this.foundBy(userId, actor));
    if (organizationId === null) return;
    await this.admission.admit({ organizationId, userId, role: 'member' }, actor);
  }

  private async find(): Promise<string | null> {
    return (await this.slugs.find('organization', this.options.singleOrganization.slug))?.ownerId ?? null;
  }

  /** `null`: this account has founded it; else the id of the one that another was founding at the same time. */
  private async foundBy(
    userId: string,
    actor: Parameters<OrganizationFounding['found']>[2],
  ): Promise<string | null> {
    try {
      await this.founding.found(userId, this.options.singleOrganization, actor);
      return null;
    } catch (error) {
      const taken = [OrganizationErrors.slug_taken.code, OrganizationErrors.owner_slug_taken.code];
      if (error instanceof AuthError && taken.includes(error.code)) return this.find();
      throw error;
    }
  }
}
