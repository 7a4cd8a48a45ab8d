import { Injectable } from '@nestjs/common';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import {
  UserDeleted,
  type UserEvent,
  UsernameChanged,
  UserRegistered,
  UserRepository,
  UserRestored,
} from '../../core/index.js';
import { ResolvedOrganizationOptions } from '../organization.options.js';
import { OrganizationFounding } from '../organization/organization-founding.service.js';
import { OrganizationSlugs } from '../slug/organization-slugs.js';

/** Keeps the names of users beside those of organizations, in the transactions that change them. */
@Injectable()
export class UserNamesListener {
  constructor(
    private readonly users: UserRepository,
    private readonly slugs: OrganizationSlugs,
    private readonly founding: OrganizationFounding,
    private readonly options: ResolvedOrganizationOptions,
  ) {}

  @OnAuthEvent(UserRegistered, { phase: 'transaction' })
  async onRegistered(event: UserRegistered): Promise<void> {
    const username = await this.claimName(event);
    if (!this.options.personalOrganizations || username === null) return;
    await this.founding.found(
      event.userId,
      { name: username, personal: true },
      { actorId: event.userId, client: event.client },
    );
  }

  @OnAuthEvent(UsernameChanged, { phase: 'transaction' })
  async onRenamed(event: UsernameChanged): Promise<void> {
    await this.claimName(event);
  }

  @OnAuthEvent(UserRestored, { phase: 'transaction' })
  async onRestored(event: UserRestored): Promise<void> {
    await this.claimName(event);
  }

  @OnAuthEvent(UserDeleted, { phase: 'transaction' })
  async onDeleted({ userId }: UserDeleted): Promise<void> {
    await this.slugs.release('user', userId);
  }

  private async claimName({ userId }: UserEvent): Promise<string | null> {
    const username = (await this.users.findById(userId))?.username ?? null;
    if (username !== null) await this.slugs.claimForUser(username, userId);
    return username;
  }
}
