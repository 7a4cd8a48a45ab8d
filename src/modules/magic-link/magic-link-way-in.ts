import { Injectable } from '@nestjs/common';
import { Notifications, OffersWayIn, type UserRecord, WayIn } from '../core/index.js';

/** Whoever has proven their address can ask for a link there. */
@OffersWayIn({ order: 0 })
@Injectable()
export class MagicLinkWayIn extends WayIn {
  constructor(private readonly notifications: Notifications) {
    super();
  }

  override isOpenTo({ email, emailVerified }: UserRecord): boolean {
    return email !== null && emailVerified && this.notifications.canMail;
  }
}
