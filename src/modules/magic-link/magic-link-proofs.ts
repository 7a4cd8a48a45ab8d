import { Injectable } from '@nestjs/common';
import { assertThat } from '../../shared/errors/assert-that.js';
import { AuthError } from '../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../shared/errors/general.errors.js';
import { EventBus } from '../../shared/events/event-bus.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { Clock } from '../../shared/time/clock.js';
import {
  CoreErrors,
  emailKey,
  LoginFailed,
  parseEmailAddress,
  SingleUseSecrets,
  type TokenRecord,
  type UserRecord,
} from '../core/index.js';
import { LinkOwners } from './link-owners.js';
import { wishesOf } from './magic-link-secret.js';
import { MagicLinkErrors } from './magic-link.errors.js';
import { MagicLinkRedeemed } from './magic-link.events.js';

/** The link's token, or the address with its code; and the browser that shows it. */
export interface MagicLinkProof {
  readonly token?: string;
  readonly email?: string;
  readonly code?: string;
  /** Of an account that the link makes, in place of the one that was wished for. */
  readonly username?: string;
  /** Hash of the browser's mark. */
  readonly browser: string | null;
}

/** Checks links and codes. */
@Injectable()
export class MagicLinkProofs {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly owners: LinkOwners,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * The secret behind a proof, not consumed yet. A code counts as a guess.
   * @throws core.invalid_code, core.too_many_attempts, core.invalid_email, magic_link.other_browser
   */
  async find(proof: MagicLinkProof, client: ClientInfo): Promise<TokenRecord> {
    return this.telling(null, client, async () => {
      const secret = await this.look(proof);
      const { browser } = wishesOf(secret);
      assertThat(browser === null || browser === proof.browser, MagicLinkErrors.other_browser);
      return secret;
    });
  }

  /**
   * Consumes the secret: of any number of simultaneous calls one gets the account. A refusal gives the secret back.
   * @throws what `LinkOwners.claim` throws
   */
  async redeem(secret: TokenRecord, { username }: MagicLinkProof, client: ClientInfo): Promise<UserRecord> {
    return this.telling(secret.userId, client, () =>
      this.transactions.run(async () => {
        await this.secrets.consume(secret);
        const { user, registered } = await this.owners.claim(secret, username, client);
        await this.events.emit(new MagicLinkRedeemed(user.id, registered, client, this.clock.now()));
        return user;
      }),
    );
  }

  private look({ token, email, code }: MagicLinkProof): Promise<TokenRecord> {
    if (token !== undefined && email === undefined && code === undefined)
      return this.secrets.peek('magic_link', token);
    assertThat(
      token === undefined && email !== undefined && code !== undefined,
      GeneralErrors.validation_failed,
      { detail: 'Expected token, or email and code.' },
    );
    return this.secrets.peekCode('magic_link', emailKey(parseEmailAddress(email)), code);
  }

  /** Refusals are told as those of a password are; outside of the transaction, which rolls back. */
  private async telling<T>(userId: string | null, client: ClientInfo, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AuthError && isFailedLogin(error))
        await this.events.emit(new LoginFailed(userId, error.code, client, this.clock.now(), 'email'));
      throw error;
    }
  }
}

/** A wrong or spent proof, a browser or an account that may not; not what the client can put right, as a username that is taken. */
function isFailedLogin(error: AuthError): boolean {
  return error.is(CoreErrors.invalid_code) || error.status === 403 || error.status === 429;
}
