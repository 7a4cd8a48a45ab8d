import { Injectable } from '@nestjs/common';
import { randomToken, sha256 } from '../../../shared/crypto/random.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
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
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly options: TwoFactorOptions,
  ) {}

  /** After a second factor was shown there. Always a new token: one that came along may have been planted. */
  async trust(userId: string, name: string | null, client: ClientInfo): Promise<DeviceToken> {
    const [id, token, now] = [this.ids.next(), randomToken(), this.clock.now()];
    const expiresInMs = this.options.trustedDeviceTtlMs;
    await this.transactions.run(async () => {
      await this.devices.create({
        ...{
          id,
          userId,
          token: sha256(token),
          name,
          userAgent: client.userAgent,
          ipAddress: client.ipAddress,
        },
        ...{ createdAt: now, expiresAt: new Date(now.getTime() + expiresInMs) },
      });
      await this.events.emit(new DeviceTrusted(userId, [id], client, now));
    });
    return { token, expiresInMs };
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
}
