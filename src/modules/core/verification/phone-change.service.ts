import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import { parsePhoneNumber } from '../user/phone-number.js';
import { accountOf, Reauthentication } from '../user/reauthentication.js';
import type { UserRecord } from '../user/user.js';
import { UserService } from '../user/user.service.js';
import { AddressRequests } from './address-requests.js';
import { PhoneChangeSecrets } from './phone-change-secrets.js';
import { ProvenPhoneChange } from './proven-phone-change.js';

export interface PhoneChangeRequest {
  readonly phoneNumber: string;
  /** Needed unless the sign-in is recent. */
  readonly password?: string;
}

/** Changes the phone number of an account: the new one counts once it is proven. */
@Injectable()
export class PhoneChangeService {
  constructor(
    private readonly users: UserService,
    private readonly proof: Reauthentication,
    private readonly requests: AddressRequests,
    private readonly messages: PhoneChangeSecrets,
    private readonly secrets: SingleUseSecrets,
    private readonly changes: ProvenPhoneChange,
  ) {}

  /**
   * Whether somebody else has the number is told to nobody who has not proven it. Asking again sends another code and voids the first.
   * @throws core.invalid_phone_number, core.phone_number_unchanged, core.reauthentication_required, core.invalid_credentials, core.locked,
   * core.sender_unavailable, core.rate_limited
   */
  async request(principal: Principal, request: PhoneChangeRequest, client: ClientInfo): Promise<void> {
    const phoneNumber = parsePhoneNumber(request.phoneNumber);
    const user = await this.users.get(accountOf(principal));
    await this.proof.require(principal, request.password, client);
    assertThat(user.phoneNumber !== phoneNumber, CoreErrors.phone_number_unchanged);
    await this.requests.count('phone_change', { field: 'phone_number', value: phoneNumber });
    await this.messages.issue(user, phoneNumber);
  }

  /** @throws core.invalid_code, core.too_many_attempts, core.phone_number_taken … */
  async confirm(principal: Principal, code: string, client: ClientInfo): Promise<UserRecord> {
    return this.changes.apply(
      await this.secrets.peekCode('phone_change', accountOf(principal), code),
      client,
    );
  }
}
