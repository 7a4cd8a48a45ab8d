import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { AnswersAvailability, AvailabilityAnswer } from '../extension/availability-answer.js';
import { discovered } from '../extension/discovered.js';

/** Names that other modules keep. */
@Injectable()
export class ForeignNames {
  private found: readonly AvailabilityAnswer[] | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  get answers(): readonly AvailabilityAnswer[] {
    return (this.found ??= discovered(this.discovery, AnswersAvailability, AvailabilityAnswer));
  }

  /** Whether no module keeps a name that a username must not equal. Who takes it in the end is decided by what is written. */
  async leaveFree(username: string): Promise<boolean> {
    for (const answer of this.answers) if (!(await answer.isUsernameFree(username))) return false;
    return true;
  }
}
