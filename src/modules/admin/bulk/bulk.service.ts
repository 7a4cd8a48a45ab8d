import { Injectable, Logger } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { Principal } from '../../core/index.js';
import { UserAccess } from '../lifecycle/user-access.js';
import { UserPasswords } from '../lifecycle/user-passwords.js';
import { UserRemoval } from '../lifecycle/user-removal.js';
import { UserSessions } from '../sessions/user-sessions.js';
import { instantOf } from '../users/instant.js';
import type { BulkAction, BulkRequest, BulkResponse, BulkResult } from './bulk.dto.js';

type Act = (userId: string) => Promise<unknown>;

/** The same to many accounts: each in a transaction of its own, under the rules for one, whatever becomes of the others. */
@Injectable()
export class BulkService {
  private readonly logger = new Logger(BulkService.name);

  constructor(
    private readonly access: UserAccess,
    private readonly passwords: UserPasswords,
    private readonly removal: UserRemoval,
    private readonly sessions: UserSessions,
  ) {}

  /** @throws core.validation_failed; what one account is refused is its result */
  async run(principal: Principal, request: BulkRequest, client: ClientInfo): Promise<BulkResponse> {
    const act = this.actionOf(principal, request, client);
    const results: BulkResult[] = [];
    for (const userId of request.user_ids) results.push(await this.one(userId, request.action, act));
    const succeeded = results.filter(({ status }) => status < 300).length;
    return { succeeded, failed: results.length - succeeded, results };
  }

  private async one(userId: string, action: BulkAction, act: Act): Promise<BulkResult> {
    try {
      await act(userId);
      return { user_id: userId, status: action === 'erase' || action === 'revoke_sessions' ? 204 : 200 };
    } catch (error) {
      if (error instanceof AuthError) return { user_id: userId, status: error.status, code: error.code };
      this.logger.error(
        `Bulk ${action} of ${userId} failed`,
        error instanceof Error ? error.stack : String(error),
      );
      return { user_id: userId, status: 500, code: GeneralErrors.internal.code };
    }
  }

  private actionOf(principal: Principal, { action, reason, until }: BulkRequest, client: ClientInfo): Act {
    const wish = { reason, until: instantOf('until', until) };
    const acts: Readonly<Record<BulkAction, Act>> = {
      ban: (id) => this.access.ban(principal, id, wish, client),
      unban: (id) => this.access.unban(principal, id, client),
      activate: (id) => this.access.setActive(principal, id, true, client),
      deactivate: (id) => this.access.setActive(principal, id, false, client),
      unlock: (id) => this.access.unlock(principal, id, client),
      verify_email: (id) =>
        this.access.setVerified(principal, id, { field: 'email', verified: true }, client),
      force_password_reset: (id) => this.passwords.forceReset(principal, id, client),
      revoke_sessions: (id) => this.sessions.revokeAll(principal, id, client),
      delete: (id) => this.removal.delete(principal, id, client),
      restore: (id) => this.removal.restore(principal, id, client),
      erase: (id) => this.removal.erase(principal, id, client),
    };
    return acts[action];
  }
}
