import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { Traced } from '../../../shared/tracing/traced.js';
import { CoreErrors } from '../core.errors.js';
import type { Authenticated } from '../login/sign-in-result.js';
import { RefreshLookup } from './refresh-lookup.js';
import { RefreshReplay } from './refresh-replay.js';
import { SessionRotation } from './rotation.js';

/**
 * Refreshing, in both modes. Of simultaneous refreshes one rotates; the others, and a repeat within the grace, get the very pair that it made, byte for
 * byte, on any node.
 */
@Injectable()
export class RefreshService {
  constructor(
    private readonly lookup: RefreshLookup,
    private readonly rotation: SessionRotation,
    private readonly replay: RefreshReplay,
  ) {}

  /**
   * Outside of transactions. `requested` goes to the claims contributors. A refusal that lies outside of the token (the account's state, a contributor)
   * does not consume it.
   * @param ownerId whose it has to be, where somebody has shown who they are beside it
   * @throws core.invalid_refresh_token, core.refresh_token_reused (which ends the session), and what `AccountCheck` and contributors throw
   */
  @Traced('castellan.refresh')
  async refresh(
    refreshToken: string,
    requested: Readonly<Record<string, unknown>>,
    client: ClientInfo,
    ownerId?: string,
  ): Promise<Authenticated> {
    const state = await this.lookup.find(refreshToken);
    assertThat(ownerId === undefined || ownerId === state.user.id, CoreErrors.invalid_refresh_token);
    if (state.session.replacedBy !== null) return this.replay.answer(state, refreshToken, client);
    const rotated = await this.rotation.rotate(state, refreshToken, requested, client);
    return rotated ?? this.replay.answerLoser(await this.lookup.find(refreshToken), refreshToken);
  }
}
