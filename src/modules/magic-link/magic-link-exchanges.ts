import { Injectable } from '@nestjs/common';
import { assertThat } from '../../shared/errors/assert-that.js';
import { IdGenerator } from '../../shared/ids/id-generator.js';
import { CoreErrors, SingleUseSecrets, type UserRecord, UserRepository } from '../core/index.js';

/** From the redirect to the request of the app that was redirected to. */
const TTL_MS = 60_000;

/** Carries a proof from the page to the app at the redirect target, under a single-use code: no token stands in an address. */
@Injectable()
export class MagicLinkExchanges {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly users: UserRepository,
    private readonly ids: IdGenerator,
  ) {}

  async issue({ id: userId, tokenVersion }: UserRecord): Promise<string> {
    const { token } = await this.secrets.issue({
      purpose: 'magic_link_exchange',
      // A subject of its own, so that two sign-ins do not void each other.
      subject: this.ids.next(),
      userId,
      payload: { tokenVersion },
      ttlMs: TTL_MS,
    });
    if (token === null) throw new Error('An exchange code has to have a token.');
    return token;
  }

  /** Consumes the code. @throws core.invalid_code, also where the account's credentials were voided meanwhile */
  async redeem(code: string): Promise<UserRecord> {
    const { userId, payload } = await this.secrets.redeem('magic_link_exchange', code);
    const user = userId === null ? null : await this.users.findById(userId);
    assertThat(user && user.tokenVersion === payload['tokenVersion'], CoreErrors.invalid_code);
    return user;
  }
}
