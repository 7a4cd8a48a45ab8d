import { Injectable } from '@nestjs/common';
import { HandlesOutbox, OutboxHandler } from '../outbox/outbox-handler.js';
import { UserRepository } from '../user/user.repository.js';
import type { AddressRequestTopics } from '../verification/address-requests.js';
import { PasswordResetMessages } from './password-reset-messages.js';
import { ResetEligibility } from './reset-eligibility.js';

/** Looks up who forgot a password, off the request's path. An address that nobody has gets nothing. */
@HandlesOutbox('password_reset_request')
@Injectable()
export class PasswordResetRequestHandler extends OutboxHandler {
  constructor(
    private readonly users: UserRepository,
    private readonly eligibility: ResetEligibility,
    private readonly messages: PasswordResetMessages,
  ) {
    super();
  }

  override async handle(payload: unknown): Promise<void> {
    const { address, withLink } = payload as AddressRequestTopics['password_reset_request'];
    const { field, value } = address;
    const user = await (field === 'email'
      ? this.users.findByEmail(value)
      : this.users.findByPhoneNumber(value));
    if (!user || !this.eligibility.mayReset(user, field)) return;
    await (field === 'email' ? this.messages.mail(user) : this.messages.text(user, withLink));
  }
}
