import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { RefreshLookup } from './refresh-lookup.js';
import { SessionService } from './session.service.js';

/** Logging out with what is left once the access token has died by itself. */
@Injectable()
export class LogoutService {
  constructor(
    private readonly lookup: RefreshLookup,
    private readonly sessions: SessionService,
  ) {}

  /** Ends the session that the refresh token belongs to. @throws core.invalid_refresh_token */
  async byRefreshToken(refreshToken: string, client: ClientInfo): Promise<void> {
    const { user, family } = await this.lookup.findToEnd(refreshToken);
    await this.sessions.logout({ userId: user.id, sessionId: family.id }, client);
  }
}
