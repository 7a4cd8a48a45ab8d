import { AuthEvent } from '../../shared/events/auth-event.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import type { RevocationReason } from './session/session.js';

/** Base of core's events: the account that something happened to, and the client that asked. */
export abstract class UserEvent extends AuthEvent {
  constructor(
    readonly userId: string,
    readonly client: ClientInfo,
    occurredAt: Date,
  ) {
    super(occurredAt);
  }
}

/** An account exists. */
export class UserRegistered extends UserEvent {}
export class EmailVerified extends UserEvent {}
export class PhoneNumberVerified extends UserEvent {}
export class EmailChanged extends UserEvent {}
export class PhoneNumberChanged extends UserEvent {}
/** The account has no email address any more. */
export class EmailRemoved extends EmailChanged {}
/** The account has no phone number any more. */
export class PhoneNumberRemoved extends PhoneNumberChanged {}
export class UsernameChanged extends UserEvent {}
export class ProfileChanged extends UserEvent {}
export class PasswordChanged extends UserEvent {}
/** A forgotten password was replaced (`password_recovery` of AuthKit's session events). */
export class PasswordReset extends UserEvent {}
export class UserDeleted extends UserEvent {}
export class UserRestored extends UserEvent {}
export class UserBanned extends UserEvent {}
export class UserUnbanned extends UserEvent {}
/** The attempt that was counted set the lock. */
export class AccountLocked extends UserEvent {}

/** A password, or another first proof, was refused. `userId` is null for an identifier that no account has. */
export class LoginFailed extends AuthEvent {
  constructor(
    readonly userId: string | null,
    readonly reason: string,
    readonly client: ClientInfo,
    occurredAt: Date,
  ) {
    super(occurredAt);
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
}

/** What tokens say about these accounts may have changed; emitted inside the transaction of the change. Access tokens of a lower version are out of date. */
export class ClaimsChanged extends AuthEvent {
  constructor(
    readonly users: readonly { readonly id: string; readonly claimsVersion: number }[],
    occurredAt: Date,
  ) {
    super(occurredAt);
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
}
