import { DiscoveryService } from '@nestjs/core';

/** Removes what is no longer needed. Runs every few minutes on one node; a second run at the same time must do no harm all the same, since a node that was cut off may still be at work. */
export abstract class MaintenanceTask {
  abstract run(now: Date): Promise<void>;
}

/** Marks a provider as a `MaintenanceTask`. */
export const Maintains = DiscoveryService.createDecorator<true>();

/** Rows that one statement of a sweep removes, so that none holds its locks for long. */
export const SWEEP_BATCH = 1_000;

/** Repeats a bounded delete until it finds less than a batch. */
export async function sweep(deleteSome: (limit: number) => Promise<number>): Promise<void> {
  while ((await deleteSome(SWEEP_BATCH)) >= SWEEP_BATCH);
}
