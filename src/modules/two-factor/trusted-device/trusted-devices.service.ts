import { Injectable } from '@nestjs/common';
import { randomToken, sha256 } from '../../../shared/crypto/random.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { type UserRecord, UserRepository } from '../../core/index.js';
import { TwoFactorRepository } from '../factor/two-factor.repository.js';
import { DeviceTrusted, DeviceTrustEnded } from '../two-factor.events.js';
import { TwoFactorOptions } from '../two-factor.options.js';
import { TrustedDeviceRepository } from './trusted-device.repository.js';

/** What a trusted device keeps; shown this once. */
export interface DeviceToken {
  readonly token: string;
  readonly expiresInMs: number;
}

/** Devices on which their users are not asked for the second factor. */
@Injectable()
export class TrustedDevicesService {
  constructor(
    private readonly devices: TrustedDeviceRepository,
    private readonly factors: TwoFactorRepository,
    private readonly users: UserRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly options: TwoFactorOptions,
  ) {}

  /**
   * After a second factor was shown there. Always a new token: one that came along may have been planted. `null` where what would have ended the trust
   * (a new password, the last factor removed) came in between: under the lock of the account's row, which that takes too.
   */
  async trust(
    { id: userId, tokenVersion }: UserRecord,
    name: string | null,
    client: ClientInfo,
  ): Promise<DeviceToken | null> {
    const [id, token, now] = [this.ids.next(), randomToken(), this.clock.now()];
    const expiresInMs = this.options.trustedDeviceTtlMs;
    const { userAgent, ipAddress } = client;
    return this.transactions.run(async () => {
      if (!(await this.factors.lock(userId)) || !(await this.stillHolds(userId, tokenVersion))) return null;
      const expiresAt = new Date(now.getTime() + expiresInMs);
      await this.devices.create({
        ...{ id, userId, token: sha256(token), name, userAgent, ipAddress },
        ...{ createdAt: now, expiresAt },
      });
      await this.events.emit(new DeviceTrusted(userId, [id], client, now));
      return { token, expiresInMs };
    });
  }

  /** Whether the request comes from a device that the user trusts. */
  async recognises(userId: string, { deviceHash }: ClientInfo): Promise<boolean> {
    if (deviceHash === undefined) return false;
    return (await this.devices.use(userId, deviceHash, this.clock.now())) !== null;
  }

  /** Joins the transaction of the reason for it. */
  async endAll(userId: string, client: ClientInfo): Promise<void> {
    await this.transactions.run(async () => {
      const now = this.clock.now();
      const ended = await this.devices.removeAll(userId, now);
      if (ended.length > 0) await this.events.emit(new DeviceTrustEnded(userId, ended, client, now));
    });
  }

  private async stillHolds(userId: string, tokenVersion: number): Promise<boolean> {
    const user = await this.users.findById(userId);
    const factors = await this.factors.findByUserId(userId);
    return user?.tokenVersion === tokenVersion && factors.some(({ enabled }) => enabled);
  }
}
