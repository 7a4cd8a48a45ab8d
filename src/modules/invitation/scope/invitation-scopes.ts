import { Injectable } from '@nestjs/common';
import type { InvitationRecord } from '../invitation/invitation.js';
import type { InvitationScope } from './invitation-scope.js';
import { OrganizationScope } from './organization.scope.js';
import { PlatformScope } from './platform.scope.js';

/** Which scope an invitation belongs to. */
@Injectable()
export class InvitationScopes {
  constructor(
    private readonly platform: PlatformScope,
    private readonly organizations: OrganizationScope,
  ) {}

  of({ organizationId }: InvitationRecord): InvitationScope {
    return organizationId === null ? this.platform : this.organizations;
  }
}
