import { Injectable } from '@nestjs/common';
import { HandlesOutbox, OutboxHandler } from '../outbox/outbox-handler.js';
import { PendingRegistrations } from '../registration/pending-registrations.js';
import { RegistrationMessages } from '../registration/registration-messages.js';
import { UserRepository } from '../user/user.repository.js';
import type { AddressRequestTopics } from './address-requests.js';
import { VerificationMessages } from './verification-messages.js';

/** Writes to an email address that asked for its proof: as an account's, or as that of a sign-up that waits. */
@HandlesOutbox('email_verification_request')
@Injectable()
export class EmailVerificationRequestHandler extends OutboxHandler {
  constructor(
    private readonly users: UserRepository,
    private readonly registrations: PendingRegistrations,
    private readonly accountMessages: VerificationMessages,
    private readonly registrationMessages: RegistrationMessages,
  ) {
    super();
  }

  override async handle(payload: unknown): Promise<void> {
    const { email, registrationId } = payload as AddressRequestTopics['email_verification_request'];
    const user = registrationId === null ? await this.users.findByEmail(email) : null;
    if (user) return this.accountMessages.mail(user);
    const registration = await this.registrations.find({ field: 'email', value: email }, registrationId);
    if (registration) await this.registrationMessages.send(registration);
  }
}

/** The same for a phone number. */
@HandlesOutbox('phone_verification_request')
@Injectable()
export class PhoneVerificationRequestHandler extends OutboxHandler {
  constructor(
    private readonly users: UserRepository,
    private readonly registrations: PendingRegistrations,
    private readonly accountMessages: VerificationMessages,
    private readonly registrationMessages: RegistrationMessages,
  ) {
    super();
  }

  override async handle(payload: unknown): Promise<void> {
    const { phoneNumber, registrationId } = payload as AddressRequestTopics['phone_verification_request'];
    const user = registrationId === null ? await this.users.findByPhoneNumber(phoneNumber) : null;
    if (user) return this.accountMessages.text(user);
    const registration = await this.registrations.find(
      { field: 'phone_number', value: phoneNumber },
      registrationId,
    );
    if (registration) await this.registrationMessages.send(registration);
  }
}
