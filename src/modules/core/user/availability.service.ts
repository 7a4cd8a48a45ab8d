import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { ForeignNames } from './foreign-names.js';
import { type AvailabilityQuestion, UserService } from './user.service.js';

/** Whether a name is free: one of accounts, or one that another module answers for. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly names: ForeignNames,
    private readonly users: UserService,
  ) {}

  /** @throws core.validation_failed unless exactly one field that is answered for is given; core.invalid_username … */
  async isAvailable({
    organization_slug: slug,
    ...question
  }: AvailabilityQuestion & { readonly organization_slug?: string }): Promise<boolean> {
    const { username, email, phone_number: phoneNumber } = question;
    if (slug === undefined) {
      if (!(await this.users.isAvailable(question))) return false;
      return username === undefined || this.names.leaveFree(username);
    }
    assertThat((username ?? email ?? phoneNumber) === undefined, GeneralErrors.validation_failed, {
      detail: 'Exactly one field is needed.',
    });
    const [answer] = this.names.answers;
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
