import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { accountOf, type Principal, Reauthentication, type UserRecord, UserService } from '../core/index.js';
import type { SentCode } from './factor/sent-codes.js';
import { SentCodeEnrolmentService } from './factor/sent-code-enrolment.service.js';
import { type TotpEnrolment, TotpEnrolmentService } from './factor/totp-enrolment.service.js';
import type { TwoFactorMethod } from './factor/two-factor.js';
import { TwoFactorRequirement } from './two-factor-requirement.js';

/** Lets users set up second factors of their own: with the password, or shortly after a proof of identity. */
@Injectable()
export class OwnEnrolment {
  constructor(
    private readonly users: UserService,
    private readonly requirement: TwoFactorRequirement,
    private readonly proof: Reauthentication,
    private readonly totp: TotpEnrolmentService,
    private readonly sent: SentCodeEnrolmentService,
  ) {}

  async beginTotp(
    principal: Principal,
    password: string | undefined,
    client: ClientInfo,
  ): Promise<TotpEnrolment> {
    return this.totp.begin(await this.admit(principal, 'totp', password, client));
  }

  async beginSms(
    principal: Principal,
    phoneNumber: string,
    password: string | undefined,
    client: ClientInfo,
  ): Promise<SentCode> {
    return this.sent.beginSms(await this.admit(principal, 'sms', password, client), phoneNumber);
  }

  async beginEmail(
    principal: Principal,
    password: string | undefined,
    client: ClientInfo,
  ): Promise<SentCode> {
    return this.sent.beginEmail(await this.admit(principal, 'email', password, client));
  }

  /** @throws two_factor.invalid_code, core.too_many_attempts, core.hashing_busy */
  async confirm(
    principal: Principal,
    method: TwoFactorMethod,
    code: string,
    client: ClientInfo,
  ): Promise<readonly string[] | null> {
    const user = await this.users.get(accountOf(principal));
    if (method === 'totp') return this.totp.confirm(user, code, client);
    return this.sent.confirm(user, method, code, client);
  }

  /** @throws two_factor.switched_off, two_factor.method_not_offered, core.reauthentication_required, core.invalid_credentials, core.locked */
  private async admit(
    principal: Principal,
    method: TwoFactorMethod,
    password: string | undefined,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const user = await this.users.get(accountOf(principal));
    await this.requirement.assertMayEnrol(user, method);
    await this.proof.require(principal, password, client);
    return user;
  }
}
