import { Injectable } from '@nestjs/common';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { LastUseRecorder } from './last-use.js';
import type { CheckedSession } from './session.js';

/** Whether a session is still one, whatever the state of its account: the one answer for requests and for refreshing. */
@Injectable()
export class SessionLiveness {
  constructor(
    private readonly uses: LastUseRecorder,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  lives({ family, user }: Pick<CheckedSession, 'family' | 'user'>): boolean {
    const now = this.clock.now();
    return (
      family.revokedAt === null &&
      family.expiresAt > now &&
      family.tokenVersion === user.tokenVersion &&
      !this.isIdle(family, now)
    );
  }

  /** The session lives, and so does the access token by which it was found. */
  accepts(state: CheckedSession): boolean {
    return state.session.expiresAt > this.clock.now() && this.lives(state);
  }

  private isIdle(family: CheckedSession['family'], now: Date): boolean {
    const { idleTtlMs } = this.options.session;
    return idleTtlMs !== null && now.getTime() - this.uses.lastUse(family.id, family.lastUsedAt) >= idleTtlMs;
  }
}
