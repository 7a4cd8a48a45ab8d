import { Injectable } from '@nestjs/common';
import { AuthError } from '../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { accountOf, type Principal, UserService } from '../core/index.js';
import { BackupCodeRenewal } from './backup-code/backup-code-renewal.js';
import { TWO_FACTOR_METHODS } from './factor/two-factor.js';
import { type GivenProof, OwnershipProof } from './ownership-proof.js';
import { TwoFactorErrors } from './two-factor.errors.js';
import { TwoFactorService } from './two-factor.service.js';
import { type TwoFactorState, TwoFactorStatus } from './two-factor-status.js';

/** What users do with their own second factors, with the proof that each of it asks for. */
@Injectable()
export class OwnFactors {
  constructor(
    private readonly users: UserService,
    private readonly status: TwoFactorStatus,
    private readonly proof: OwnershipProof,
    private readonly factors: TwoFactorService,
    private readonly backupCodes: BackupCodeRenewal,
  ) {}

  async show(principal: Principal): Promise<TwoFactorState> {
    return this.status.of(await this.users.get(accountOf(principal)));
  }

  /** @throws what `OwnershipProof.require` and `TwoFactorService.disable` throw */
  async disable(principal: Principal, proof: GivenProof, client: ClientInfo): Promise<void> {
    await this.factors.disable(await this.proof.require(principal, proof, client), client);
  }

  /** @throws what `disable` throws */
  async remove(principal: Principal, name: string, proof: GivenProof, client: ClientInfo): Promise<void> {
    const method = TWO_FACTOR_METHODS.find((known) => known === name);
    if (!method) throw new AuthError(TwoFactorErrors.method_not_enabled);
    await this.factors.disable(await this.proof.require(principal, proof, client), client, [method]);
  }

  /** @throws what `OwnershipProof.require` and `BackupCodeRenewal.renew` throw */
  async replaceBackupCodes(
    principal: Principal,
    proof: GivenProof,
    client: ClientInfo,
  ): Promise<readonly string[]> {
    return this.backupCodes.renew(await this.proof.require(principal, proof, client), client);
  }
}
