import { DiscoveryService } from '@nestjs/core';

/** Does the work of one topic. Called at least once a message: `messageId` is stable over repeats, for receivers that de-duplicate. */
export abstract class OutboxHandler {
  abstract handle(payload: unknown, messageId: string): Promise<void>;
}

/** Marks a provider as the `OutboxHandler` of a topic. */
export const HandlesOutbox = DiscoveryService.createDecorator<string>();
