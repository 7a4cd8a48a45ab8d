import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { takenError } from '../user/unique-write.js';
import type { UniqueUserField } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { type Address, addressSubject, AddressRequests } from '../verification/address-requests.js';
import type { PendingRegistrationRecord } from './pending-registration.js';
import { PendingRegistrationRepository } from './pending-registration.repository.js';
import type { SignUpForm } from './sign-up-form.js';

/** How long a sign-up waits for its confirmation. */
export const REGISTRATION_LIFETIME_MS = 24 * 60 * 60_000;

/** Sign-ups that wait for the proof of their address. */
@Injectable()
export class PendingRegistrations {
  constructor(
    private readonly registrations: PendingRegistrationRepository,
    private readonly requests: AddressRequests,
    private readonly users: UserRepository,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses what can be refused without a word about the address that has to be proven: it is not looked up. The username and an
   * address that needs no proof are, as they would be without the requirement.
   * @throws core.sender_unavailable, core.rate_limited, core.username_taken, core.email_taken, core.phone_number_taken
   */
  async assertAcceptable(form: SignUpForm, proof: Address, open: readonly Address[]): Promise<void> {
    this.requests.assertSendable(proof);
    if (form.username !== null) await this.assertFree('username', form.username);
    for (const { field, value } of open) await this.assertFree(field, value);
    await this.requests.countFirst('registration', proof);
  }

  /** Keeps the sign-up, and asks for the message that proves its address; joins the transaction. */
  async add(form: SignUpForm, passwordHash: string): Promise<PendingRegistrationRecord> {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + REGISTRATION_LIFETIME_MS);
    const registration = {
      ...form,
      id: this.ids.next(),
      realmId: DEFAULT_REALM_ID,
      passwordHash,
      createdAt,
      expiresAt,
    };
    await this.registrations.create(registration);
    await this.requests.enqueue('registration_request', { registrationId: registration.id });
    return registration;
  }

  /** @throws core.invalid_code for one that has expired, or that somebody else's proof has voided */
  async get(id: string): Promise<PendingRegistrationRecord> {
    const registration = await this.registrations.findById(id, this.clock.now());
    assertThat(registration, CoreErrors.invalid_code);
    return registration;
  }

  /** Takes the registration that has been proven, and voids the others of its address; joins the transaction. @throws core.invalid_code */
  async take(id: string, proven: Address): Promise<void> {
    const now = this.clock.now();
    assertThat(await this.registrations.take(id, now), CoreErrors.invalid_code);
    for (let others = await this.listFor(proven); others.length > 0; others = await this.listFor(proven)) {
      for (const other of others) await this.registrations.take(other.id, now);
    }
  }

  /** The sign-up of that id if it is one of the address; without an id the newest of the address. */
  async find(address: Address, id: string | null): Promise<PendingRegistrationRecord | null> {
    if (id === null) return (await this.listFor(address))[0] ?? null;
    const registration = await this.registrations.findById(id, this.clock.now());
    const own = registration && (address.field === 'email' ? registration.email : registration.phoneNumber);
    return own && addressSubject({ ...address, value: own }) === addressSubject(address)
      ? registration
      : null;
  }

  /** Unexpired ones, newest first, at most ten. */
  private listFor({ field, value }: Address): Promise<PendingRegistrationRecord[]> {
    const now = this.clock.now();
    return field === 'email'
      ? this.registrations.listByEmail(value, now)
      : this.registrations.listByPhoneNumber(value, now);
  }

  private async assertFree(field: UniqueUserField, value: string): Promise<void> {
    if (!(await this.users.isAvailable(field, value))) throw takenError(field);
  }
}
