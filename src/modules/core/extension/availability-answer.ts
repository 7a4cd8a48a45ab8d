import { DiscoveryService } from '@nestjs/core';

/** Lets a module answer `GET availability?organization_slug=…`. */
export abstract class AvailabilityAnswer {
  /** Throws a catalogue error for what can never be such a name. */
  abstract isAvailable(value: string): Promise<boolean>;
}

export const AnswersAvailability = DiscoveryService.createDecorator<{ order: number }>();
