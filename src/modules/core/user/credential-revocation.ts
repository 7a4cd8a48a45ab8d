import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { RevocationReason } from '../session/session.js';
import { type RevokeAllOptions, SessionService } from '../session/session.service.js';
import { TokenRepository } from '../token/token.repository.js';

/** Ends everything that lets somebody act as a user: sessions, and secrets that were sent. */
@Injectable()
export class CredentialRevocation {
  constructor(
    private readonly sessions: SessionService,
    private readonly tokens: TokenRepository,
  ) {}

  /** In the transaction of the reason for it, after the account's row was written. Pending changes of an address end too. */
  async revoke(
    userId: string,
    reason: RevocationReason,
    client: ClientInfo,
    options?: RevokeAllOptions,
  ): Promise<void> {
    await this.sessions.revokeAll(userId, reason, client, options);
    await this.tokens.deleteByUserId(userId);
  }
}
