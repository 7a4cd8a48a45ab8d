import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { FanOut } from '../../../shared/fan-out/fan-out.js';
import { Poller } from '../../../shared/feed/poller.js';
import { SessionRepository } from '../session/session.repository.js';
import { TypeOrmSessionRepository } from '../session/typeorm-session.repository.js';
import { TypeOrmUserRepository } from '../user/typeorm-user.repository.js';
import { UserRepository } from '../user/user.repository.js';
import type { ChangedSubject } from './account-change.js';
import { AccountChangeRepository, type ChangePosition } from './account-change.repository.js';

const TOPIC = 'account_changes';

/** Changes stay so long in the store. */
export const CHANGES_KEPT_MS = 30 * 60_000;
/** Whoever has not looked for so long starts anew: what they missed may be gone. */
const LOST_AFTER_MS = CHANGES_KEPT_MS / 3;

export interface FollowOptions {
  /** Milliseconds between two looks at the store. */
  readonly pollIntervalMs: number;
  readonly onChange: (subject: ChangedSubject) => void;
  /** Everything may have changed. */
  readonly onLost: () => void;
}

/** Tells caches what has changed: at once what this node changes, and what the others do as soon as the store is looked at. */
@Injectable()
export class AccountChangeFeed implements OnModuleInit, BeforeApplicationShutdown {
  private poller: Poller | undefined;
  private position: ChangePosition | null = null;
  /** Changes that were read already; a look returns some of them again. */
  private seen = new Set<string>();

  constructor(
    private readonly changes: AccountChangeRepository,
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly fanOut: FanOut,
  ) {}

  /** Whether changes are told at all: a store of the host's own writes past them. */
  get isReliable(): boolean {
    return (
      this.changes.keepsChanges &&
      this.users instanceof TypeOrmUserRepository &&
      this.sessions instanceof TypeOrmSessionRepository
    );
  }

  /** Milliseconds since everything that was committed had been told. */
  get ageMs(): number {
    return this.poller?.ageMs ?? Infinity;
  }

  /** For one follower. Call it at the bootstrap, outside of any transaction. */
  async follow({ pollIntervalMs, onChange, onLost }: FollowOptions): Promise<void> {
    const poller = new Poller({
      trouble: 'Changes of accounts on other nodes cannot be read',
      intervalMs: pollIntervalMs,
      read: () => this.read(onChange, onLost),
    });
    this.poller = poller;
    this.changes.onOwnChange(onChange);
    this.fanOut.subscribe(TOPIC, () => void poller.poll());
    await poller.poll();
    poller.start();
  }

  /** Other nodes may follow, whether this one does or not. */
  onModuleInit(): void {
    this.changes.onOwnChange(() => this.fanOut.announce(TOPIC));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.poller?.stop();
  }

  private async read(onChange: (subject: ChangedSubject) => void, onLost: () => void): Promise<void> {
    if (this.position !== null && this.ageMs > LOST_AFTER_MS) {
      this.position = null;
      this.seen = new Set();
      onLost();
    }
    const { changes, until } = await this.changes.since(this.position);
    this.position = until;
    for (const { id, userId, familyId } of changes) {
      if (this.seen.has(id)) continue;
      onChange(familyId === null ? { userId } : { familyId });
    }
    // What is not returned any more will not be again.
    this.seen = new Set(changes.map(({ id }) => id));
  }
}
