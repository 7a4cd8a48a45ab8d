import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { PasswordCheck } from '../login/password-check.js';

/** How long a proof of identity counts as recent. */
export const RECENT_PROOF_MS = 10 * 60_000;

/** The id of the principal's account here. @throws core.forbidden for a principal of a third-party issuer, who has none */
export function accountOf(principal: Principal): string {
  assertThat(principal.kind === 'user', GeneralErrors.forbidden);
  return principal.userId;
}

/** Asks for the password, or for a recent sign-in, before something that a stolen session must not do. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly passwords: PasswordCheck,
    private readonly clock: Clock,
  ) {}

  /** Whether the principal proved who they are within the last ten minutes. */
  isRecent(principal: Principal): boolean {
    return this.clock.now().getTime() - principal.authenticatedAt.getTime() <= RECENT_PROOF_MS;
  }

  /**
   * A password that is given has to be right, and is counted like a login; without one the sign-in has to be recent.
   * @throws core.reauthentication_required, core.invalid_credentials, core.locked
   */
  async require(principal: Principal, password: string | undefined, client: ClientInfo): Promise<void> {
    if (password === undefined) assertThat(this.isRecent(principal), CoreErrors.reauthentication_required);
    else await this.passwords.forUser(accountOf(principal), password, client);
  }
}
