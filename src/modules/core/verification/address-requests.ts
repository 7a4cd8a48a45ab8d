import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { CoreErrors } from '../core.errors.js';
import { Notifications } from '../mail/notifications.js';
import { Outbox } from '../outbox/outbox.service.js';
import { AddressCooldown } from '../token/address-cooldown.js';
import { emailKey } from '../user/identifier-key.js';

/** An email address or a phone number, parsed. */
export type Address =
  | { readonly field: 'email'; readonly value: string }
  | { readonly field: 'phone_number'; readonly value: string };

/** What the outbox carries for somebody who only named an address. Its handlers look the address up, off the request's path. */
export interface AddressRequestTopics {
  registration_request: { readonly registrationId: string };
  email_verification_request: { readonly email: string; readonly registrationId: string | null };
  phone_verification_request: { readonly phoneNumber: string; readonly registrationId: string | null };
  password_reset_request: { readonly address: Address; readonly withLink: boolean };
}

/** What a code that is sent to the address is found by: the same for every way to write the address. */
export function addressSubject({ field, value }: Address): string {
  return field === 'email' ? emailKey(value) : value;
}

/**
 * Requests that name an address and nothing else. They are limited by address, put into the outbox, and answered; whether the
 * address is known is found out later by a worker, so that neither answer nor time tells.
 */
@Injectable()
export class AddressRequests {
  constructor(
    private readonly outbox: Outbox,
    private readonly cooldown: AddressCooldown,
    private readonly notifications: Notifications,
  ) {}

  /** @throws core.sender_unavailable where nothing can be sent to such an address */
  assertSendable({ field }: Address): void {
    const available = field === 'email' ? this.notifications.canMail : this.notifications.canText;
    assertThat(available, CoreErrors.sender_unavailable);
  }

  /** Counts a request for `purpose` against the address. @throws core.sender_unavailable, core.rate_limited */
  async count(purpose: string, address: Address): Promise<void> {
    this.assertSendable(address);
    await this.cooldown.ask(purpose, addressSubject(address));
  }

  /** As `count`, for a message that is not asked for again: five an hour. @throws core.sender_unavailable, core.rate_limited */
  async countFirst(purpose: string, address: Address): Promise<void> {
    this.assertSendable(address);
    await this.cooldown.askFirst(purpose, addressSubject(address));
  }

  async enqueue<Topic extends keyof AddressRequestTopics>(
    topic: Topic,
    payload: AddressRequestTopics[Topic],
  ): Promise<void> {
    await this.outbox.enqueue(topic, payload);
  }
}
