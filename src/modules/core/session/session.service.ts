import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { defineListing, type ListingOpts } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { SessionsRevoked } from '../core.events.js';
import type { Principal } from '../extension/principal.js';
import { UserRepository } from '../user/user.repository.js';
import type { RevocationReason, SessionFamilyRecord } from './session.js';
import { SessionRepository, type SessionSortField } from './session.repository.js';

export const sessionListing = defineListing({
  sortable: ['created_at', 'expires_at', 'ip_address'],
  defaultSort: 'created_at',
});

const keyOf = keyFrom<SessionFamilyRecord, SessionSortField>({
  created_at: (family) => family.createdAt,
  expires_at: (family) => family.expiresAt,
  ip_address: (family) => family.ipAddress,
});

export interface RevokeAllOptions {
  /** The session that goes on. */
  readonly except?: string;
  /** The account's token version, where the transaction has raised it already (a new password, a ban, a deletion). Without it, it is raised here. */
  readonly tokenVersion?: number;
}

/** Sessions as their users see them: one a login, whatever it was refreshed into. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Living sessions. */
  async list(userId: string, options: ListingOpts): Promise<Page<SessionFamilyRecord>> {
    const listing = sessionListing.normalize(options);
    const { rows, total } = await this.sessions.listByUser(userId, listing, this.clock.now());
    return toPage(listing, rows, total, keyOf);
  }

  /** Ends one session of the user. @throws core.session_not_found, for somebody else's too */
  async revoke(
    userId: string,
    sessionId: string,
    reason: RevocationReason,
    client: ClientInfo,
  ): Promise<void> {
    if (!isUuid(sessionId) || !(await this.end(userId, sessionId.toLowerCase(), reason, client))) {
      throw new AuthError(CoreErrors.session_not_found);
    }
  }

  /**
   * Ends every session of the user, sign-ins under way included, but the one excepted. Call it in the transaction of the reason for it, if there is one.
   * Returns the ids of those that ended.
   */
  revokeAll(
    userId: string,
    reason: RevocationReason,
    client: ClientInfo,
    options: RevokeAllOptions = {},
  ): Promise<string[]> {
    return this.transactions.run(async () => {
      // The account's row first, here as everywhere: one order of locks.
      const tokenVersion = options.tokenVersion ?? (await this.users.raiseTokenVersion(userId))?.tokenVersion;
      if (tokenVersion === undefined) throw new AuthError(CoreErrors.user_not_found);
      const now = this.clock.now();
      const { except } = options;
      const ended = await this.sessions.revokeAll(userId, reason, now, except);
      if (except !== undefined) await this.sessions.adoptTokenVersion(except, tokenVersion);
      const all = { tokenVersion, kept: except ?? null };
      await this.events.emit(new SessionsRevoked(userId, ended, reason, all, client, now));
      return ended;
    });
  }

  /** Ends the session behind a credential; nothing happens where there is none, or none any more. */
  async logout(
    { userId, sessionId }: Pick<Principal, 'userId' | 'sessionId'>,
    client: ClientInfo,
  ): Promise<void> {
    if (sessionId !== null) await this.end(userId, sessionId, 'logout', client);
  }

  /**
   * Records a new proof of identity within a session (step-up); its methods add to those before. Access tokens of the stateless mode say so from the
   * next refresh on.
   * @throws core.session_not_found where the credential has no session, or it has ended
   */
  async reauthenticate(
    { userId, sessionId }: Principal,
    methods: readonly string[],
  ): Promise<SessionFamilyRecord> {
    const family = sessionId === null ? null : await this.sessions.findFamily(sessionId);
    if (family?.userId !== userId || family.revokedAt !== null)
      throw new AuthError(CoreErrors.session_not_found);
    const proven = {
      authenticatedAt: this.clock.now(),
      methods: [...new Set([...family.methods, ...methods])],
    };
    await this.sessions.reauthenticate(family.id, proven.authenticatedAt, proven.methods);
    return { ...family, ...proven };
  }

  private end(
    userId: string,
    sessionId: string,
    reason: RevocationReason,
    client: ClientInfo,
  ): Promise<boolean> {
    return this.transactions.run(async () => {
      const now = this.clock.now();
      const ended = await this.sessions.revoke(sessionId, reason, now, { userId });
      if (ended) await this.events.emit(new SessionsRevoked(userId, [sessionId], reason, null, client, now));
      return ended !== null;
    });
  }
}
