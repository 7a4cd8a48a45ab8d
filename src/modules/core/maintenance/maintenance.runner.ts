import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock } from '../../../shared/time/clock.js';
import { JobScheduler } from '../job/job-scheduler.js';
import { Maintains, MaintenanceTask } from './maintenance-task.js';

const INTERVAL_MS = 5 * 60_000;

/** Makes a job of every maintenance task. */
@Injectable()
export class MaintenanceRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MaintenanceRunner.name);
  private running: Promise<void> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly jobs: JobScheduler,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.start(
      this.tasks().map((task) => ({
        name: jobNameOf(task),
        intervalMs: INTERVAL_MS,
        run: () => task.run(this.clock.now()),
      })),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.jobs.stop();
    await this.running;
  }

  /** Every task now and here, whoever runs it meanwhile; simultaneous calls share it. A task that fails is logged, and the others run. */
  run(): Promise<void> {
    this.running ??= this.round().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async round(): Promise<void> {
    for (const task of this.tasks()) {
      try {
        await task.run(this.clock.now());
      } catch (error) {
        this.logger.warn(`${jobNameOf(task)}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private tasks(): MaintenanceTask[] {
    return this.discovery
      .getProviders({ metadataKey: Maintains.KEY })
      .flatMap(({ instance }) => (instance instanceof MaintenanceTask ? [instance] : []));
  }
}

/** `BlacklistExpiryTask` is `blacklist_expiry`. */
function jobNameOf(task: MaintenanceTask): string {
  return task.constructor.name
    .replace(/Task$/, '')
    .replace(/(?<=[a-z0-9])[A-Z]/g, '_$&')
    .toLowerCase();
}
