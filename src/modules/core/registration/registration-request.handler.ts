import { Injectable } from '@nestjs/common';
import { HandlesOutbox, OutboxHandler } from '../outbox/outbox-handler.js';
import { Clock } from '../../../shared/time/clock.js';
import type { AddressRequestTopics } from '../verification/address-requests.js';
import { PendingRegistrationRepository } from './pending-registration.repository.js';
import { RegistrationMessages } from './registration-messages.js';

/** Writes to the address of a new sign-up, off the request's path. */
@HandlesOutbox('registration_request')
@Injectable()
export class RegistrationRequestHandler extends OutboxHandler {
  constructor(
    private readonly registrations: PendingRegistrationRepository,
    private readonly messages: RegistrationMessages,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async handle(payload: unknown): Promise<void> {
    const { registrationId } = payload as AddressRequestTopics['registration_request'];
    const registration = await this.registrations.findById(registrationId, this.clock.now());
    if (registration) await this.messages.send(registration);
  }
}
