import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import { type Principal, type SessionFamilyRecord, SessionService } from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';

/** Sessions of others. */
@Injectable()
export class UserSessions {
  constructor(
    private readonly actions: AdminActions,
    private readonly sessions: SessionService,
  ) {}

  /** Living ones. @throws core.user_not_found */
  async list(userId: string, options: ListingOpts): Promise<Page<SessionFamilyRecord>> {
    const { id } = await this.actions.find(userId);
    return this.sessions.list(id, options);
  }

  /** @throws core.user_not_found, core.session_not_found */
  revoke(principal: Principal, userId: string, sessionId: string, client: ClientInfo): Promise<void> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.revokeSessions, userId, (_actor, { id }) =>
      this.sessions.revoke(id, sessionId, 'admin_revoke', client),
    );
  }

  /** All of them, sign-ins under way included; how many have ended. @throws core.user_not_found */
  async revokeAll(principal: Principal, userId: string, client: ClientInfo): Promise<number> {
    const ended = await this.actions.run(
      principal,
      ADMIN_PERMISSIONS.revokeSessions,
      userId,
      (_actor, { id }) => this.sessions.revokeAll(id, 'admin_revoke_all', client),
    );
    return ended.length;
  }
}
