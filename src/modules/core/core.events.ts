import { actorOn } from '../../shared/events/audit-actor.js';
import type { AuditEntry } from '../../shared/events/audit-entry.js';
import { AuthEvent } from '../../shared/events/auth-event.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import type { RevocationReason } from './session/session.js';

/** Sessions that a record names; it counts the others. */
const NAMED_SESSIONS = 50;

/** What a subclass of `UserEvent` says of its record; the rest follows from whom it is about. */
export type UserRecordFacts = Pick<AuditEntry, 'severity' | 'metadata'> &
  Partial<Pick<AuditEntry, 'targetId' | 'targetType'>>;

/** Base of core's events: the account that something happened to, and the client that asked. */
export abstract class UserEvent extends AuthEvent {
  constructor(
    readonly userId: string,
    readonly client: ClientInfo,
    occurredAt: Date,
  ) {
    super(occurredAt);
  }

  /** A record of what whoever is signed in, or else the account itself, did to the account. */
  protected record(action: string, details: string, facts: UserRecordFacts = {}): AuditEntry {
    return this.entry(this.userId, action, details, facts);
  }

  /** A record of what others do to accounts: nobody is taken to have done it to their own but who is signed in as it. */
  protected recordByOthers(
    verb: string,
    details: string,
    own: string | null = null,
    facts: UserRecordFacts = {},
  ): AuditEntry {
    const byOwner = this.client.actor?.id === this.userId;
    return this.entry(null, byOwner && own !== null ? own : `admin.user.${verb}`, details, facts);
  }

  private entry(
    fallback: string | null,
    action: string,
    details: string,
    facts: UserRecordFacts,
  ): AuditEntry {
    return {
      action,
      ...actorOn(this.userId, this.client, fallback),
      targetId: this.userId,
      targetType: 'user',
      details,
      ...facts,
      client: this.client,
    };
  }
}

/** An account exists. */
export class UserRegistered extends UserEvent {
  override audit(): AuditEntry {
    return this.record('user.register', 'The account was made.');
  }
}

/** An account that an operator made as a super admin; a `UserRegistered` like any other. */
export class SuperAdminCreated extends UserRegistered {
  override audit(): AuditEntry {
    const details = 'The account was made, as a super admin.';
    return this.recordByOthers('create_super_admin', details, null, { severity: 'critical' });
  }
}

export class EmailVerified extends UserEvent {
  override audit(): AuditEntry {
    return this.record('user.email.verify', 'The email address was proven.');
  }
}

export class PhoneNumberVerified extends UserEvent {
  override audit(): AuditEntry {
    return this.record('user.phone.verify', 'The phone number was proven.');
  }
}

export class EmailChanged extends UserEvent {
  override audit(): AuditEntry {
    return this.record('auth.email.change', 'The account has another email address.');
  }
}

export class PhoneNumberChanged extends UserEvent {
  override audit(): AuditEntry {
    return this.record('auth.phone.change', 'The account has another phone number.');
  }
}

/** The account has no email address any more. */
export class EmailRemoved extends EmailChanged {
  override audit(): AuditEntry {
    return this.record('auth.email.remove', 'The account has no email address any more.');
  }
}

/** The account has no phone number any more. */
export class PhoneNumberRemoved extends PhoneNumberChanged {
  override audit(): AuditEntry {
    return this.record('auth.phone.remove', 'The account has no phone number any more.');
  }
}

export class UsernameChanged extends UserEvent {
  override audit(): AuditEntry {
    return this.record('user.username.change', 'The account has another username.');
  }
}

export class ProfileChanged extends UserEvent {
  override audit(): AuditEntry {
    return this.record('user.profile.change', 'The profile was changed.');
  }
}

/** By the user or, where somebody else is signed in, by an administrator. */
export class PasswordChanged extends UserEvent {
  override audit(): AuditEntry {
    const { actor } = this.client;
    return actor === undefined || actor.id === this.userId
      ? this.record('auth.password.change', 'The password was changed.')
      : this.recordByOthers('password.set', 'The password was set by an administrator.');
  }
}

/** A forgotten password was replaced (`password_recovery` of AuthKit's session events). */
export class PasswordReset extends UserEvent {
  override audit(): AuditEntry {
    return this.record('auth.password.reset', 'A forgotten password was replaced.', { severity: 'warning' });
  }
}

export class UserDeleted extends UserEvent {
  override audit(): AuditEntry {
    return this.recordByOthers('delete', 'The account was deleted.', 'user.delete', { severity: 'warning' });
  }
}

export class UserRestored extends UserEvent {
  override audit(): AuditEntry {
    return this.recordByOthers('restore', 'The account was brought back.');
  }
}

export class UserBanned extends UserEvent {
  override audit(): AuditEntry {
    return this.recordByOthers('ban', 'The account was banned.', null, { severity: 'warning' });
  }
}

export class UserUnbanned extends UserEvent {
  override audit(): AuditEntry {
    return this.recordByOthers('unban', 'The ban was lifted.');
  }
}

/** The attempt that was counted set the lock. */
export class AccountLocked extends UserEvent {
  override audit(): AuditEntry {
    return {
      ...this.record('security.account.lock', 'Too many failed sign-ins: the account is locked.'),
      ...actorOn(this.userId, this.client, null),
      severity: 'warning',
    };
  }
}

/** A password, or another first proof, was refused. `userId` is null for an identifier that no account has. */
export class LoginFailed extends AuthEvent {
  constructor(
    readonly userId: string | null,
    readonly reason: string,
    readonly client: ClientInfo,
    occurredAt: Date,
    /** What was refused, or the proof after which the account was: as in `amr`, or the name of a second factor. */
    readonly method: string | null = null,
  ) {
    super(occurredAt);
  }

  override audit(): AuditEntry {
    return {
      action: 'auth.login.failed',
      // Whoever tried has not shown to be the account.
      ...actorOn(this.userId, this.client, null),
      targetId: this.userId,
      ...(this.userId !== null && { targetType: 'user' }),
      severity: 'warning',
      details: 'A sign-in was refused.',
      metadata: { reason: this.reason },
      client: this.client,
    };
  }
}

/** The first proof was good, and more is asked for before there is a session. */
export class LoginChallenged extends UserEvent {
  constructor(
    userId: string,
    /** What is asked for: `two_factor` … */
    readonly challenges: readonly string[],
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  override audit(): null {
    return null;
  }
}

/** What was asked for was given. Something else may be asked for after it. */
export class LoginChallengePassed extends UserEvent {
  override audit(): null {
    return null;
  }
}

/** Tokens of a new family were issued. */
export class SessionCreated extends UserEvent {
  constructor(
    userId: string,
    readonly sessionId: string,
    readonly methods: readonly string[],
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  override audit(): AuditEntry {
    return this.record('auth.login', 'The user signed in.', {
      metadata: { session_id: this.sessionId, methods: this.methods },
    });
  }
}

/** What tokens say about these accounts may have changed; emitted inside the transaction of the change. Access tokens of a lower version are out of date. */
export class ClaimsChanged extends AuthEvent {
  constructor(
    readonly users: readonly { readonly id: string; readonly claimsVersion: number }[],
    occurredAt: Date,
  ) {
    super(occurredAt);
  }

  /** Whatever changed them is recorded. */
  override audit(): null {
    return null;
  }
}

export class SessionRefreshed extends UserEvent {
  constructor(
    userId: string,
    readonly sessionId: string,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  /** Every few minutes for everybody, and it changes nothing: no record. */
  override audit(): null {
    return null;
  }
}

/**
 * Sessions ended; emitted inside the transaction that ends them. With `all`, every credential of a token version below `tokenVersion` is dead, but those
 * of the session `kept`.
 */
export class SessionsRevoked extends UserEvent {
  constructor(
    userId: string,
    readonly sessionIds: readonly string[],
    readonly reason: RevocationReason,
    readonly all: { readonly tokenVersion: number; readonly kept: string | null } | null,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  override audit(): AuditEntry | null {
    // Reuse has a record of its own, and where no session was there is nothing to tell.
    if (this.reason === 'refresh_reuse_detected' || this.sessionIds.length === 0) return null;
    const metadata = {
      reason: this.reason,
      sessions: this.sessionIds.length,
      session_ids: this.sessionIds.slice(0, NAMED_SESSIONS),
    };
    return this.reason === 'logout'
      ? this.record('auth.logout', 'The user signed out.', { metadata })
      : this.record('session.revoke', 'Sessions were ended.', { metadata });
  }
}

/** A rotated refresh token came back after its grace: the family has been ended. */
export class RefreshTokenReused extends UserEvent {
  constructor(
    userId: string,
    readonly sessionId: string,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  override audit(): AuditEntry {
    return {
      ...this.record('auth.refresh.reuse', 'A replaced refresh token came back: its session was ended.'),
      // Of two who hold the token, nobody knows which one came.
      ...actorOn(this.userId, this.client, null),
      severity: 'critical',
      metadata: { session_id: this.sessionId, reason: 'refresh_reuse_detected' },
    };
  }
}
