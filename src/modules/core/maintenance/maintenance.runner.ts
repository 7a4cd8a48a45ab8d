import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock } from '../../../shared/time/clock.js';
import { Maintains, MaintenanceTask } from './maintenance-task.js';

const INTERVAL_MS = 5 * 60_000;

/** Runs every maintenance task now and then, one after another. */
@Injectable()
export class MaintenanceRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MaintenanceRunner.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One round; simultaneous calls share it. A task that fails is logged, and the others run. */
  run(): Promise<void> {
    this.running ??= this.round().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async round(): Promise<void> {
    for (const { instance } of this.discovery.getProviders({ metadataKey: Maintains.KEY })) {
      if (!(instance instanceof MaintenanceTask)) continue;
      try {
        await instance.run(this.clock.now());
      } catch (error) {
        this.logger.warn(
          `${instance.constructor.name}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }
}
