import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { accountOf, CoreErrors, type Principal, Reauthentication, UserService } from '../../core/index.js';
import type { OAuthFlow } from './flow.js';

/** Whether somebody may begin to link an account to their own: signed in, and not by a session that was left open. */
@Injectable()
export class LinkIntent {
  constructor(
    private readonly reauthentication: Reauthentication,
    private readonly users: UserService,
  ) {}

  /** @throws core.unauthenticated, core.reauthentication_required */
  async of(principal: Principal | undefined): Promise<NonNullable<OAuthFlow['link']>> {
    assertThat(principal, GeneralErrors.unauthenticated);
    const userId = accountOf(principal);
    assertThat(this.reauthentication.isRecent(principal), CoreErrors.reauthentication_required);
    const { tokenVersion } = await this.users.get(userId);
    return { userId, tokenVersion };
  }
}
