import { Injectable } from '@nestjs/common';
import { eachRow } from '../../../shared/listing/each-row.js';
import { ContributesUserData, UserDataContributor } from '../extension/user-data-contributor.js';
import { SessionService } from '../session/session.service.js';
import type { UserRecord } from '../user/user.js';

/** Living sessions, without their tokens. */
@ContributesUserData({ order: 10 })
@Injectable()
export class SessionData extends UserDataContributor {
  override readonly section = 'sessions';

  constructor(private readonly sessions: SessionService) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncGenerator<object> {
    for await (const family of eachRow((options) => this.sessions.list(id, options)))
      yield {
        id: family.id,
        device: family.deviceName,
        user_agent: family.userAgent,
        ip_address: family.ipAddress,
        methods: family.methods,
        impersonated: family.impersonatorId !== null,
        authenticated_at: family.authenticatedAt.toISOString(),
        last_used_at: family.lastUsedAt.toISOString(),
        created_at: family.createdAt.toISOString(),
        expires_at: family.expiresAt.toISOString(),
      };
  }
}
