import { Injectable } from '@nestjs/common';
import { Authorities } from '../../rbac/index.js';
import { INVITATION_PERMISSIONS } from '../invitation.permissions.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationScope } from './invitation-scope.js';
import { Inviters } from './inviters.js';

/** Invitations to the platform: what they promise is the account, and whatever the host makes of their purpose. */
@Injectable()
export class PlatformScope extends InvitationScope {
  constructor(
    private readonly inviters: Inviters,
    private readonly authorities: Authorities,
  ) {
    super();
  }

  /** Nothing that could go away. */
  override hold(): Promise<boolean> {
    return Promise.resolve(true);
  }

  override async isGood({ inviterId }: InvitationRecord): Promise<boolean> {
    if (inviterId === null) return true;
    const inviter = await this.inviters.find(inviterId);
    if (!inviter) return false;
    return (await this.authorities.ofUser(inviter)).permissions.allows(INVITATION_PERMISSIONS.create);
  }

  override async admit(): Promise<void> {
    // The account is there: that is all.
  }
}
