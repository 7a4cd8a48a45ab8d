import { DiscoveryService } from '@nestjs/core';

/** Lets a module answer `GET availability?organization_slug=…`. */
export abstract class AvailabilityAnswer {
  /** Throws a catalogue error for what can never be such a name. */
  abstract isAvailable(value: string): Promise<boolean>;

  /** Whether a username may be this, where the module's names and usernames share one namespace. Asked outside of what takes the name, and promises nothing. */
  isUsernameFree(_username: string): Promise<boolean> {
    return Promise.resolve(true);
  }
}

export const AnswersAvailability = DiscoveryService.createDecorator<{ order: number }>();
