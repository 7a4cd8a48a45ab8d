import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { InvitationErrors } from '../invitation.errors.js';
import { type InvitingOrganization, OrganizationScope } from './organization.scope.js';

/** Where organizations are not mounted: what was invited into them before leads nowhere. */
@Injectable()
export class NoOrganizationScope extends OrganizationScope {
  override hold(): Promise<boolean> {
    return Promise.resolve(false);
  }

  override isGood(): Promise<boolean> {
    return Promise.resolve(false);
  }

  override admit(): Promise<void> {
    return Promise.reject(new AuthError(InvitationErrors.not_found));
  }

  override describe(): Promise<ReadonlyMap<string, InvitingOrganization>> {
    return Promise.resolve(new Map());
  }
}
