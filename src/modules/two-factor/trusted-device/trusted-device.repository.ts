import type { Listing } from '../../../shared/listing/listing.js';
import type { NewTrustedDevice, TrustedDeviceRecord } from './trusted-device.js';

export type TrustedDeviceSortField = 'created_at' | 'last_used_at' | 'expires_at';

/** Devices that users trust. Every method is one atomic statement. */
export abstract class TrustedDeviceRepository {
  abstract create(device: NewTrustedDevice): Promise<void>;
  /** Finds the user's device by the hash of its token, unless it has expired, and notes the use. */
  abstract use(userId: string, tokenHash: string, now: Date): Promise<TrustedDeviceRecord | null>;
  /** Those that have not expired. */
  abstract listByUser(
    userId: string,
    listing: Listing<TrustedDeviceSortField>,
    now: Date,
  ): Promise<{ rows: TrustedDeviceRecord[]; total: number }>;
  /** `false`: the user has no such device, or it has expired. */
  abstract remove(userId: string, id: string, now: Date): Promise<boolean>;
  /** Removes all of the user's; returns the ids of those that had not expired. */
  abstract removeAll(userId: string, now: Date): Promise<string[]>;
  abstract deleteExpired(now: Date, limit: number): Promise<number>;
}
