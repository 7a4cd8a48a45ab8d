import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  AccountChangeFeed,
  CacheCounters,
  type ChangedSubject,
  type CheckedSession,
  OptionsError,
} from '../core/index.js';
import { SessionEntries } from './session-entries.js';
import { SessionModeOptions } from './session.options.js';

/**
 * Session checks in memory, where they are switched on. What this node changes is out before the change is answered. Of other nodes it hears by the feed; as
 * soon as that is older than a second it answers nothing. It only ever says yes: whoever it cannot vouch for is looked up.
 */
@Injectable()
export class SessionCache implements OnApplicationBootstrap {
  private readonly entries: SessionEntries;
  private readonly counter;

  constructor(
    private readonly feed: AccountChangeFeed,
    private readonly options: SessionModeOptions,
    counters: CacheCounters,
  ) {
    this.entries = new SessionEntries(options.cache.maxEntries);
    this.counter = counters.of('session');
  }

  get enabled(): boolean {
    return this.options.cache.maxEntries > 0;
  }

  get size(): number {
    return this.entries.size;
  }

  /** @throws OptionsError where nobody would tell of changes */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.enabled) return;
    if (!this.feed.isReliable)
      throw new OptionsError(
        'session.cache needs the users and sessions of typeormStorage(…): no other store tells what has changed.',
      );
    await this.feed.follow({
      pollIntervalMs: this.options.cache.pollIntervalMs,
      onChange: (subject: ChangedSubject) => this.entries.forget(subject),
      onLost: () => this.entries.clear(),
    });
  }

  /** What was read before, if it is certain to be so still. */
  get(tokenHash: string, isGood: (state: CheckedSession) => boolean): CheckedSession | null {
    if (!this.enabled) return null;
    const state = this.feed.ageMs <= this.options.cache.staleAfterMs ? this.entries.get(tokenHash) : null;
    if (state && isGood(state)) {
      this.counter.hit();
      return state;
    }
    this.counter.miss();
    return null;
  }

  /** Taken before the store is asked; given to `put` with its answer. */
  ticket(): number {
    return this.entries.ticket();
  }

  /** Keeps the answer, unless it has changed since the ticket was taken. */
  put(tokenHash: string, state: CheckedSession, ticket: number): void {
    if (this.enabled) this.entries.put(tokenHash, state, ticket);
  }
}
