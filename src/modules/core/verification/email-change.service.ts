import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import { parseEmailAddress } from '../user/email-address.js';
import { accountOf, Reauthentication } from '../user/reauthentication.js';
import { UserService } from '../user/user.service.js';
import { addressSubject, AddressRequests } from './address-requests.js';
import { EmailChangeMessages } from './email-change-messages.js';
import { ProvenEmailChange } from './proven-email-change.js';

export interface EmailChangeRequest {
  readonly email: string;
  /** Needed unless the sign-in is recent. */
  readonly password?: string;
}

/** One of the two. */
export interface EmailChangeProof {
  readonly token?: string;
  readonly code?: string;
}

/** Changes the address of an account: the new one counts once it is proven, and the old one is told twice. */
@Injectable()
export class EmailChangeService {
  constructor(
    private readonly users: UserService,
    private readonly proof: Reauthentication,
    private readonly requests: AddressRequests,
    private readonly messages: EmailChangeMessages,
    private readonly secrets: SingleUseSecrets,
    private readonly changes: ProvenEmailChange,
  ) {}

  /**
   * Whether somebody else has the address is told to nobody who has not proven it. Asking again sends another secret and voids the first.
   * @throws core.invalid_email, core.email_unchanged, core.reauthentication_required, core.invalid_credentials, core.locked,
   * core.sender_unavailable, core.rate_limited
   */
  async request(principal: Principal, request: EmailChangeRequest, client: ClientInfo): Promise<void> {
    const address = { field: 'email', value: parseEmailAddress(request.email) } as const;
    const user = await this.users.get(accountOf(principal));
    await this.proof.require(principal, request.password, client);
    const same =
      user.email !== null &&
      addressSubject({ field: 'email', value: user.email }) === addressSubject(address);
    assertThat(!same, CoreErrors.email_unchanged);
    await this.requests.count('email_change', address);
    await this.messages.send(user, address.value);
  }

  /**
   * By the link, wherever it is opened; or by the code, in a session of the account.
   * @throws core.invalid_code, core.unauthenticated, core.too_many_attempts, core.email_taken, core.account_banned …
   */
  async confirm(
    principal: Principal | undefined,
    proof: EmailChangeProof,
    client: ClientInfo,
  ): Promise<{ email: string }> {
    const { email } = await this.changes.apply(await this.find(principal, proof), client);
    assertThat(email !== null, CoreErrors.invalid_code);
    return { email };
  }

  private find(principal: Principal | undefined, { token, code }: EmailChangeProof): Promise<TokenRecord> {
    if (token !== undefined && code === undefined) return this.secrets.peek('email_change', token);
    assertThat(token === undefined && code !== undefined, GeneralErrors.validation_failed, {
      detail: 'Expected either token or code.',
    });
    assertThat(principal, GeneralErrors.unauthenticated);
    return this.secrets.peekCode('email_change', accountOf(principal), code);
  }
}
