import { Injectable } from '@nestjs/common';
import { sha256 } from '../../../shared/crypto/random.js';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { AccountCheck } from '../login/account-check.js';
import { MountedMinter } from './mounted-minter.js';
import type { RefreshState } from './session.js';
import { SessionLiveness } from './session-liveness.js';
import { SessionRepository } from './session.repository.js';

/** Finds the living session behind a refresh token. */
@Injectable()
export class RefreshLookup {
  constructor(
    private readonly minter: MountedMinter,
    private readonly sessions: SessionRepository,
    private readonly liveness: SessionLiveness,
    private readonly accounts: AccountCheck,
    private readonly clock: Clock,
  ) {}

  /**
   * One statement; none for a text that is no refresh token of the mounted mode. The pair may have been replaced.
   * @throws core.invalid_refresh_token, and what `AccountCheck` throws
   */
  async find(refreshToken: string): Promise<RefreshState> {
    const state = await this.living(refreshToken);
    // A replaced token that has expired since is reuse all the same.
    const usable =
      state.session.replacedBy !== null || state.session.refreshTokenExpiresAt > this.clock.now();
    assertThat(usable, CoreErrors.invalid_refresh_token);
    this.accounts.assertMayAct(state.user);
    return state;
  }

  /**
   * As `find`, for ending the session: an account that may not act may still do that. A pair that was replaced will do, since its reuse would
   * end the session too.
   * @throws core.invalid_refresh_token
   */
  async findToEnd(refreshToken: string): Promise<RefreshState> {
    const state = await this.living(refreshToken);
    assertThat(state.session.refreshTokenExpiresAt > this.clock.now(), CoreErrors.invalid_refresh_token);
    return state;
  }

  private async living(refreshToken: string): Promise<RefreshState> {
    assertThat(this.minter.current().acceptsRefreshToken(refreshToken), CoreErrors.invalid_refresh_token);
    const state = await this.sessions.findByRefreshToken(sha256(refreshToken));
    assertThat(state && this.liveness.lives(state), CoreErrors.invalid_refresh_token);
    return state;
  }
}
