import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { RbacOptions } from '../rbac.options.js';
import { RoleService } from './role.service.js';

const RETRY_MS = 5_000;

/** Makes the roles that the options declare. Several nodes may start at once, and before the tables are there: a deployment step that migrates starts, too. */
@Injectable()
export class DeclaredRoles implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeclaredRoles.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly roles: RoleService,
    private readonly options: RbacOptions,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    this.running = this.declare();
    return this.running;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
  }

  private async declare(): Promise<void> {
    try {
      for (const role of this.options.roles) await this.roles.declare(null, role);
    } catch (error) {
      this.logger.warn(
        `Declared roles cannot be written yet: ${error instanceof Error ? error.message : String(error)}`,
      );
      this.timer = setTimeout(() => {
        this.running = this.declare();
      }, RETRY_MS).unref();
    }
  }
}
