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
import { TwoFactorErrors } from '../two-factor.errors.js';
import { DeviceTrustEnded } from '../two-factor.events.js';
import type { TrustedDeviceRecord } from './trusted-device.js';
import { TrustedDeviceRepository, type TrustedDeviceSortField } from './trusted-device.repository.js';
import { TrustedDevicesService } from './trusted-devices.service.js';

const deviceListing = defineListing({
  sortable: ['created_at', 'last_used_at', 'expires_at'],
  defaultSort: 'created_at',
});

const keyOf = keyFrom<TrustedDeviceRecord, TrustedDeviceSortField>({
  created_at: (device) => device.createdAt,
  last_used_at: (device) => device.lastUsedAt,
  expires_at: (device) => device.expiresAt,
});

/** Trusted devices as their users see them. */
@Injectable()
export class OwnDevices {
  constructor(
    private readonly devices: TrustedDeviceRepository,
    private readonly trust: TrustedDevicesService,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async list(userId: string, options: ListingOpts): Promise<Page<TrustedDeviceRecord>> {
    const listing = deviceListing.normalize(options);
    const { rows, total } = await this.devices.listByUser(userId, listing, this.clock.now());
    return toPage(listing, rows, total, keyOf);
  }

  /** @throws two_factor.device_not_found, for somebody else's too */
  async forget(userId: string, id: string, client: ClientInfo): Promise<void> {
    if (!isUuid(id)) throw new AuthError(TwoFactorErrors.device_not_found);
    const deviceId = id.toLowerCase();
    await this.transactions.run(async () => {
      const now = this.clock.now();
      if (!(await this.devices.remove(userId, deviceId, now)))
        throw new AuthError(TwoFactorErrors.device_not_found);
      await this.events.emit(new DeviceTrustEnded(userId, [deviceId], client, now));
    });
  }

  async forgetAll(userId: string, client: ClientInfo): Promise<void> {
    await this.trust.endAll(userId, client);
  }
}
