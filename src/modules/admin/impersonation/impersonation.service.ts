import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  type AuthenticatedResult,
  CoreErrors,
  Impersonations,
  type Principal,
  SessionService,
} from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { AdminErrors } from '../admin.errors.js';
import { ImpersonationEnded, ImpersonationStarted } from '../admin.events.js';
import { AdminOptions } from '../admin.options.js';

export interface ImpersonationWish {
  /** For the audit log. */
  readonly reason: string;
  /** Milliseconds; brought into range. @default as long as the options allow */
  readonly ttlMs?: number;
}

/** Super admins who see what a user sees. */
@Injectable()
export class ImpersonationService {
  constructor(
    private readonly actions: AdminActions,
    private readonly impersonations: Impersonations,
    private readonly sessions: SessionService,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly options: AdminOptions,
  ) {}

  /**
   * An access token that says who acts, and that cannot be refreshed. The session ends with the administrator's own.
   * @throws admin.super_admin_required, admin.own_account, core.user_not_found; admin.cannot_impersonate for a super admin, and who may not act
   */
  async start(
    principal: Principal,
    userId: string,
    { reason, ttlMs = this.options.impersonationTtlMs }: ImpersonationWish,
    client: ClientInfo,
  ): Promise<AuthenticatedResult> {
    const [actor, target] = await this.actions.check(principal, 'super-admin', userId);
    this.actions.assertNotSelf(actor, target);
    assertThat(principal.sessionId !== null, GeneralErrors.forbidden);
    assertThat(target.deletedAt === null, CoreErrors.user_not_found);
    const by = { userId: actor.userId, sessionId: principal.sessionId };
    const most = Math.min(ttlMs, this.options.impersonationTtlMs);
    try {
      return await this.impersonations.start(
        target,
        by,
        most,
        client,
        ({ sessionId, accessExpiresAt, issuedAt }) =>
          this.events.emit(
            new ImpersonationStarted(
              target.id,
              by.userId,
              sessionId,
              reason,
              accessExpiresAt,
              client,
              issuedAt,
            ),
          ),
      );
    } catch (error) {
      // The account's state, as a sign-in of the user's own would have met it.
      if (error instanceof AuthError && error.status === 403)
        throw new AuthError(AdminErrors.cannot_impersonate, { cause: error, extra: { reason: error.code } });
      throw error;
    }
  }

  /** Ends the session that the credential belongs to; the administrator's own goes on. @throws admin.not_impersonating */
  async end({ actor, userId, sessionId }: Principal, client: ClientInfo): Promise<void> {
    assertThat(actor && sessionId !== null, AdminErrors.not_impersonating);
    await this.transactions.run(async () => {
      await this.sessions.revoke(userId, sessionId, 'impersonation_ended', client);
      const now = this.clock.now();
      await this.events.emit(new ImpersonationEnded(userId, actor.userId, sessionId, client, now));
    });
  }
}
