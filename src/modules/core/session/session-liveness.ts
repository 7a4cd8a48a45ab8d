import { Injectable } from '@nestjs/common';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { LastUseRecorder } from './last-use.js';
import type { SessionCheck } from './session.js';

/** Whether a session is still one, whatever the state of its account: the one answer for requests and for refreshing. */
@Injectable()
export class SessionLiveness {
  constructor(
    private readonly uses: LastUseRecorder,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  lives({ family, user }: Pick<SessionCheck, 'family' | 'user'>): boolean {
    const now = this.clock.now();
    return (
      family.revokedAt === null &&
      family.expiresAt > now &&
      family.tokenVersion === user.tokenVersion &&
      !this.isIdle(family, now)
    );
  }

  /** The session lives, and so does the access token by which it was found. */
  accepts(state: Omit<SessionCheck, 'account'>): boolean {
    return state.session.expiresAt > this.clock.now() && this.lives(state);
  }

  private isIdle(family: SessionCheck['family'], now: Date): boolean {
    const { idleTtlMs } = this.options.session;
    return idleTtlMs !== null && now.getTime() - this.uses.lastUse(family.id, family.lastUsedAt) >= idleTtlMs;
  }
}
