import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { SignInResult } from '../../core/index.js';
import { FederatedSignIn } from '../sign-in/federated-sign-in.js';
import { ExchangeCodes, type ExchangeProof } from './exchange-codes.js';

/** Makes a one-time code into the sign-in that it stands for. */
@Injectable()
export class ExchangeService {
  constructor(
    private readonly codes: ExchangeCodes,
    private readonly signIns: FederatedSignIn,
  ) {}

  /** @throws core.invalid_code, oauth.code_verifier_invalid, and what `SignInService.signIn` throws */
  async exchange(proof: ExchangeProof, client: ClientInfo): Promise<SignInResult> {
    const { user, deviceName } = await this.codes.redeem(proof);
    return this.signIns.signIn(user, deviceName, client);
  }
}
