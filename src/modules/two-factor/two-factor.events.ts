import { actorOn } from '../../shared/events/audit-actor.js';
import type { AuditEntry } from '../../shared/events/audit-entry.js';
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
export class TwoFactorEnabled extends MethodsEvent<TwoFactorMethod> {
  override audit(): AuditEntry {
    return this.record('auth.two_factor.enable', 'A second factor counts from now on.', {
      metadata: { methods: this.methods },
    });
  }
}

/** Methods no longer count. */
export class TwoFactorDisabled extends MethodsEvent<TwoFactorMethod> {
  override audit(): AuditEntry {
    return this.record('auth.two_factor.disable', 'Second factors no longer count.', {
      severity: 'warning',
      metadata: { methods: this.methods },
    });
  }
}

/** A code was wrong, used or too late. */
export class TwoFactorFailed extends MethodsEvent<SecondFactor> {
  override audit(): AuditEntry {
    return {
      ...this.record('auth.two_factor.failed', 'A second factor was refused.', {
        severity: 'warning',
        metadata: { methods: this.methods },
      }),
      ...actorOn(this.userId, this.client, null),
    };
  }
}

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

  override audit(): AuditEntry {
    return {
      ...this.recordByOthers('two_factor.reset', 'Every second factor was taken away.', null, {
        severity: 'warning',
        metadata: { methods: this.methods, reason: this.reason },
      }),
      actorId: this.actorId,
      actorType: this.actorId === null ? 'system' : 'admin',
    };
  }
}

/** There are ten new backup codes, and the older ones are void. */
export class BackupCodesReplaced extends UserEvent {
  override audit(): AuditEntry {
    return this.record('auth.two_factor.backup_codes_replace', 'The backup codes were replaced.');
  }
}

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

  override audit(): AuditEntry {
    return this.record('auth.two_factor.backup_code_used', 'A backup code was used.', {
      severity: 'warning',
      metadata: { left: this.left },
    });
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
export class DeviceTrusted extends DevicesEvent {
  override audit(): AuditEntry {
    return this.record('auth.two_factor.device_trust', 'A device is not asked for a second factor.', {
      metadata: { device_ids: this.deviceIds },
    });
  }
}

/** The user is asked again on these. */
export class DeviceTrustEnded extends DevicesEvent {
  override audit(): AuditEntry {
    return this.record('auth.two_factor.device_distrust', 'Devices are asked for a second factor again.', {
      metadata: { device_ids: this.deviceIds },
    });
  }
}
