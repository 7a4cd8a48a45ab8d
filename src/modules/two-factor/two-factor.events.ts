import type { ClientInfo } from '../../shared/http/client-info.js';
import { UserEvent } from '../core/index.js';
import type { TwoFactorMethod } from './factor/two-factor.js';

/** What a user can show as a second factor. */
export type SecondFactor = TwoFactorMethod | 'backup_code';

abstract class MethodsEvent<Method> extends UserEvent {
  constructor(
    userId: string,
    readonly methods: readonly Method[],
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }
}

/** A method counts from now on; emitted in the transaction, as are all of these but `TwoFactorFailed`. */
export class TwoFactorEnabled extends MethodsEvent<TwoFactorMethod> {}
/** Methods no longer count. */
export class TwoFactorDisabled extends MethodsEvent<TwoFactorMethod> {}
/** A code was wrong, used or too late. */
export class TwoFactorFailed extends MethodsEvent<SecondFactor> {}

/** Somebody else than the user took every factor away. */
export class TwoFactorCleared extends MethodsEvent<TwoFactorMethod> {
  constructor(
    userId: string,
    methods: readonly TwoFactorMethod[],
    /** Who did it: an account's id; `null` for the system. */
    readonly actorId: string | null,
    readonly reason: string,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, methods, client, occurredAt);
  }
}

/** There are ten new backup codes, and the older ones are void. */
export class BackupCodesReplaced extends UserEvent {}

export class BackupCodeUsed extends UserEvent {
  constructor(
    userId: string,
    /** Codes that are left. */
    readonly left: number,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }
}

abstract class DevicesEvent extends UserEvent {
  constructor(
    userId: string,
    readonly deviceIds: readonly string[],
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }
}

/** The user is not asked for a second factor on this device. */
export class DeviceTrusted extends DevicesEvent {}
/** The user is asked again on these. */
export class DeviceTrustEnded extends DevicesEvent {}
