import type { PendingRegistrationRecord } from './pending-registration.js';

export abstract class PendingRegistrationRepository {
  abstract create(registration: PendingRegistrationRecord): Promise<void>;
  abstract findById(id: string, now: Date): Promise<PendingRegistrationRecord | null>;
  /** Removes it; of simultaneous callers one gets the record. */
  abstract take(id: string, now: Date): Promise<PendingRegistrationRecord | null>;
  /** Unexpired ones of an address, newest first, at most ten. */
  abstract listByEmail(email: string, now: Date): Promise<PendingRegistrationRecord[]>;
  abstract listByPhoneNumber(phoneNumber: string, now: Date): Promise<PendingRegistrationRecord[]>;
  abstract deleteExpired(before: Date, limit: number): Promise<number>;
}
