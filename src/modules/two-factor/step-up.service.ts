import { Injectable } from '@nestjs/common';
import { assertThat } from '../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import {
  accountOf,
  authenticationLevel,
  CoreErrors,
  MountedMinter,
  type Principal,
  SessionService,
  UserService,
} from '../core/index.js';
import { FactorCheck, type FactorProof } from './factor/factor-check.js';
import { FactorCodes } from './factor/factor-codes.js';
import type { SentCode } from './factor/sent-codes.js';
import type { SecondFactor } from './two-factor.events.js';

/** What a session knows of its user's proofs. */
export interface StepUp {
  readonly authenticatedAt: Date;
  readonly methods: readonly string[];
  readonly level: string;
  /** Stateless mode: the access token at hand still says what it said; the next one, by refreshing, says this. */
  readonly refreshRequired: boolean;
}

/** Raises a session's proof of identity by a second factor, without a new sign-in. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly users: UserService,
    private readonly check: FactorCheck,
    private readonly codes: FactorCodes,
    private readonly sessions: SessionService,
    private readonly minter: MountedMinter,
  ) {}

  /** @throws two_factor.method_not_available, core.rate_limited, core.sender_unavailable */
  async send(principal: Principal, method: SecondFactor): Promise<SentCode> {
    return this.codes.send(await this.users.get(accountOf(principal)), method);
  }

  /** @throws what `FactorCheck.consume` throws, core.session_not_found */
  async raise(principal: Principal, proof: FactorProof, client: ClientInfo): Promise<StepUp> {
    // Before a code is used up for nothing.
    assertThat(principal.sessionId !== null, CoreErrors.session_not_found);
    const user = await this.users.get(accountOf(principal));
    const added = await this.check.consume(user, proof, principal.methods, client);
    const { authenticatedAt, methods } = await this.sessions.reauthenticate(principal, added);
    const refreshRequired = this.minter.current().mode === 'stateless';
    return { authenticatedAt, methods, level: authenticationLevel(methods), refreshRequired };
  }
}
