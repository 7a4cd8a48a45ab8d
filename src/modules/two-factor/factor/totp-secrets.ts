import { Injectable } from '@nestjs/common';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions, type UserRecord } from '../../core/index.js';
import { newTotpSecret, totpStep, totpUrl } from './totp.js';

const PURPOSE = 'two_factor.totp';

/** A TOTP secret as the user's app gets it, and as it is stored. */
export interface NewTotpSecret {
  /** Base32. */
  readonly secret: string;
  readonly otpauthUrl: string;
  readonly sealed: string;
}

/** Makes TOTP secrets, seals them for the store, each to its user (a row that is copied to another one is worth nothing there), and reads codes. */
@Injectable()
export class TotpSecrets {
  constructor(
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  create(user: UserRecord): NewTotpSecret {
    const secret = newTotpSecret();
    return {
      secret,
      otpauthUrl: totpUrl(secret, this.options.serviceName, labelOf(user)),
      sealed: this.seal(user.id, secret),
    };
  }

  /** The step that a code belongs to now; `null`: it is wrong. @throws DecryptionError */
  step(userId: string, sealed: string, code: string): number | null {
    return totpStep(this.open(userId, sealed), code, this.clock.now());
  }

  /** The same secret under the key that writes now. @throws DecryptionError */
  renew(userId: string, sealed: string): string {
    return sealed.startsWith(this.currentPrefix) ? sealed : this.seal(userId, this.open(userId, sealed));
  }

  /** Whether there is an older key, which something may be sealed under. */
  get hasOlderKeys(): boolean {
    return this.options.secrets.toJSON().keyIds.length > 1;
  }

  /** How a text begins that is sealed under the key that writes now. */
  get currentPrefix(): string {
    return this.options.secrets.currentPrefix;
  }

  private seal(userId: string, secret: string): string {
    return this.options.secrets.encrypt(PURPOSE, secret, userId);
  }

  private open(userId: string, sealed: string): string {
    return this.options.secrets.decrypt(PURPOSE, sealed, userId).toString('utf8');
  }
}

/** What the app shows beside the service's name. */
function labelOf({ email, username, phoneNumber }: UserRecord): string {
  return email ?? username ?? phoneNumber ?? 'account';
}
