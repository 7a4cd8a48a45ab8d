import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  Clock,
  defineListing,
  SessionService,
  SYSTEM_CLIENT,
  UserRepository,
  type UserRecord,
} from '../../../../src/index.js';

const DAY_MS = 24 * 60 * 60_000;
const DORMANT_MS = 90 * DAY_MS;

const oldestFirst = defineListing({ sortable: ['created_at'], defaultSort: 'created_at' });

/** Once a day, without any request: signs out accounts that nobody has signed in to for ninety days. */
@Injectable()
export class NightlySignOut implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(NightlySignOut.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionService,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(
      () => void this.run().catch((error: unknown) => this.logger.error(error)),
      DAY_MS,
    ).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Returns how many sessions it ended. */
  async run(): Promise<number> {
    let ended = 0;
    for await (const user of this.everybody()) {
      if (!this.isDormant(user)) continue;
      ended += (await this.sessions.revokeAll(user.id, 'admin_revoke_all', SYSTEM_CLIENT)).length;
    }
    return ended;
  }

  private async *everybody(): AsyncGenerator<UserRecord> {
    for (let offset = 0; ;) {
      const { rows } = await this.users.list(
        oldestFirst.normalize({ sort_dir: 'asc', limit: oldestFirst.maxLimit, offset }),
        {},
      );
      yield* rows;
      if (rows.length < oldestFirst.maxLimit) return;
      offset += rows.length;
    }
  }

  private isDormant({ lastLoginAt, createdAt }: UserRecord): boolean {
    return (lastLoginAt ?? createdAt).getTime() < this.clock.now().getTime() - DORMANT_MS;
  }
}
