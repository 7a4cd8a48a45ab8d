import { Injectable } from '@nestjs/common';
import { AnswersAvailability, AvailabilityAnswer } from '../../core/index.js';
import { OrganizationSlugs } from './organization-slugs.js';

/** Answers `GET availability?organization_slug=…`. */
@Injectable()
@AnswersAvailability({ order: 50 })
export class SlugAvailability extends AvailabilityAnswer {
  constructor(private readonly slugs: OrganizationSlugs) {
    super();
  }

  /** @throws organization.invalid_slug, organization.slug_reserved */
  override async isAvailable(value: string): Promise<boolean> {
    const found = await this.slugs.find('organization', this.slugs.parse(value));
    // Former names of users give way.
    return found === null || (found.kind === 'user' && !found.current);
  }

  override async isUsernameFree(username: string): Promise<boolean> {
    return (await this.slugs.findRival(username)) === null;
  }
}
