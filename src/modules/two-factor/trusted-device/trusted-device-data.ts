import { Injectable } from '@nestjs/common';
import { eachRow } from '../../../shared/listing/each-row.js';
import { ContributesUserData, UserDataContributor, type UserRecord } from '../../core/index.js';
import { OwnDevices } from './own-devices.js';

/** Trusted devices, without their tokens. */
@ContributesUserData({ order: 120 })
@Injectable()
export class TrustedDeviceData extends UserDataContributor {
  override readonly section = 'trusted_devices';

  constructor(private readonly devices: OwnDevices) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncGenerator<object> {
    for await (const device of eachRow((options) => this.devices.list(id, options)))
      yield {
        id: device.id,
        name: device.name,
        user_agent: device.userAgent,
        ip_address: device.ipAddress,
        last_used_at: device.lastUsedAt.toISOString(),
        created_at: device.createdAt.toISOString(),
        expires_at: device.expiresAt.toISOString(),
      };
  }
}
