import { Injectable } from '@nestjs/common';
import { AuthError } from '../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../shared/errors/general.errors.js';
import { CacheCounters } from '../core/index.js';
import { Clock } from '../../shared/time/clock.js';
import type { BlacklistEntry, TokenReference } from './blacklist/blacklist.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { StatelessOptions } from './stateless.options.js';

/** Access tokens of a user below a version are dead, but those of one session. */
interface UserBar {
  readonly minTokenVersion: number;
  readonly keptSessionId: string | null;
  readonly expiresAt: Date;
}

/** Access tokens of a user below a version say what is no longer so. */
interface ClaimsBar {
  readonly minClaimsVersion: number;
  readonly expiresAt: Date;
}

/**
 * What has been revoked and could still be valid by its signature, in memory, up to a bound. As long as it is known to be complete up to a second ago it answers by
 * itself; else it asks the store, and refuses (503) where that does not answer.
 */
@Injectable()
export class Denylist {
  private readonly sessions = new Map<string, Date>();
  private readonly users = new Map<string, UserBar>();
  private readonly claims = new Map<string, ClaimsBar>();
  /** When it was complete last, on the monotonic clock: this is about elapsed time, and no step of the wall clock may stretch it. */
  private completeAt = -Infinity;
  /** Milliseconds since the epoch: what there was no room for matters until then. */
  private overfullUntil = -Infinity;
  private readonly counter;

  constructor(
    private readonly blacklist: BlacklistRepository,
    private readonly clock: Clock,
    private readonly options: StatelessOptions,
    counters: CacheCounters,
  ) {
    this.counter = counters.of('denylist');
  }

  /** @throws core.unavailable */
  isRevoked(token: TokenReference): boolean | Promise<boolean> {
    const known = this.isListed(token) ? true : this.isComplete ? false : null;
    if (known === null) {
      this.counter.miss();
      return this.ask(token);
    }
    this.counter.hit();
    return known;
  }

  add(entries: readonly BlacklistEntry[]): void {
    for (const entry of entries) {
      if (this.size >= this.options.maxEntries && !this.hasRoomFor(entry)) continue;
      if (entry.kind === 'session') this.sessions.set(entry.sessionId, entry.expiresAt);
      else if (entry.kind === 'user') this.addBar(entry.userId, entry);
      else this.addClaimsBar(entry.userId, entry);
    }
  }

  /** Everything that was committed at this instant of `performance.now()` is in. */
  markComplete(at: number): void {
    this.completeAt = Math.max(this.completeAt, at);
  }

  /** Forgets what no living token can match any more. */
  sweep(): void {
    const now = this.clock.now();
    for (const [id, expiresAt] of this.sessions) if (expiresAt <= now) this.sessions.delete(id);
    for (const bars of [this.users, this.claims])
      for (const [id, { expiresAt }] of bars) if (expiresAt <= now) bars.delete(id);
  }

  get size(): number {
    return this.sessions.size + this.users.size + this.claims.size;
  }

  private get isComplete(): boolean {
    if (performance.now() - this.completeAt > this.options.staleAfterMs) return false;
    return this.overfullUntil <= this.clock.now().getTime();
  }

  private hasRoomFor(entry: BlacklistEntry): boolean {
    this.sweep();
    if (this.size < this.options.maxEntries) return true;
    this.overfullUntil = Math.max(this.overfullUntil, entry.expiresAt.getTime());
    return false;
  }

  private isListed({ sessionId, userId, tokenVersion, claimsVersion }: TokenReference): boolean {
    if (this.sessions.has(sessionId)) return true;
    const bar = this.users.get(userId);
    if (bar && tokenVersion < bar.minTokenVersion && sessionId !== bar.keptSessionId) return true;
    return claimsVersion < (this.claims.get(userId)?.minClaimsVersion ?? 0);
  }

  /** The higher version covers the lower: whatever was kept at that one is below this one, and dead unless it is kept again. */
  private addBar(userId: string, bar: UserBar): void {
    const known = this.users.get(userId);
    if (!known || bar.minTokenVersion >= known.minTokenVersion) this.users.set(userId, bar);
  }

  private addClaimsBar(userId: string, bar: ClaimsBar): void {
    const known = this.claims.get(userId);
    if (!known || bar.minClaimsVersion >= known.minClaimsVersion) this.claims.set(userId, bar);
  }

  private async ask(token: TokenReference): Promise<boolean> {
    try {
      return await this.blacklist.isRevoked(token, this.clock.now());
    } catch (cause) {
      throw new AuthError(GeneralErrors.unavailable, { cause, retryAfterSeconds: 1 });
    }
  }
}
