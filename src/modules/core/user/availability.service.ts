import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { AnswersAvailability, AvailabilityAnswer } from '../extension/availability-answer.js';
import { discovered } from '../extension/discovered.js';
import { type AvailabilityQuestion, UserService } from './user.service.js';

/** Whether a name is free: one of accounts, or one that another module answers for. */
@Injectable()
export class AvailabilityService {
  private answers: readonly AvailabilityAnswer[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly users: UserService,
  ) {}

  /** @throws core.validation_failed unless exactly one field that is answered for is given; core.invalid_username … */
  async isAvailable({
    organization_slug: slug,
    ...question
  }: AvailabilityQuestion & { readonly organization_slug?: string }): Promise<boolean> {
    if (slug === undefined) return this.users.isAvailable(question);
    const { username, email, phone_number: phoneNumber } = question;
    assertThat((username ?? email ?? phoneNumber) === undefined, GeneralErrors.validation_failed, {
      detail: 'Exactly one field is needed.',
    });
    this.answers ??= discovered(this.discovery, AnswersAvailability, AvailabilityAnswer);
    const [answer] = this.answers;
    assertThat(answer, GeneralErrors.validation_failed, {
      fields: [
        {
          field: 'organization_slug',
          code: 'not_answered',
          message: 'Availability is not answered for organization_slug.',
        },
      ],
    });
    return answer.isAvailable(slug);
  }
}
