import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import type { LoginChallenge } from '../extension/login-gate.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import type { ChallengeRequired, SignInProof } from './sign-in-result.js';

export interface OpenChallenge {
  readonly user: UserRecord;
  readonly proof: Required<SignInProof>;
}

/** Keeps a sign-in between its first proof and its last, under a single-use challenge token of five minutes. */
@Injectable()
export class LoginChallenges {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly users: UserRepository,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async open(
    user: UserRecord,
    proof: SignInProof,
    challenges: readonly LoginChallenge[],
  ): Promise<ChallengeRequired> {
    const payload = {
      methods: proof.methods,
      requested: proof.requested ?? {},
      deviceName: proof.deviceName ?? null,
      tokenVersion: user.tokenVersion,
    };
    // A subject of its own, so that sign-ins on two devices do not void each other.
    const issued = await this.secrets.issue({
      purpose: 'login_challenge',
      subject: this.ids.next(),
      userId: user.id,
      payload,
    });
    if (issued.token === null) throw new Error('A challenge has to have a token.');
    const expiresIn = Math.round((issued.expiresAt.getTime() - this.clock.now().getTime()) / 1000);
    return { status: 'challenge_required', challengeToken: issued.token, expiresIn, challenges };
  }

  /** @throws core.challenge_invalid */
  async peek(challengeToken: string): Promise<OpenChallenge> {
    return this.read(await this.secrets.peek('login_challenge', challengeToken));
  }

  /** Consumes the token. @throws core.challenge_invalid */
  async redeem(challengeToken: string): Promise<OpenChallenge> {
    return this.read(await this.secrets.redeem('login_challenge', challengeToken));
  }

  private async read(record: TokenRecord): Promise<OpenChallenge> {
    const user = record.userId === null ? null : await this.users.findById(record.userId);
    const { methods, requested, deviceName, tokenVersion } = record.payload;
    // What raised the version (a new password, a ban) voids the proof before it.
    if (!user || tokenVersion !== user.tokenVersion) throw new AuthError(CoreErrors.challenge_invalid);
    return {
      user,
      proof: {
        methods: Array.isArray(methods) ? methods.filter((method) => typeof method === 'string') : [],
        requested: typeof requested === 'object' && requested !== null ? { ...requested } : {},
        deviceName: typeof deviceName === 'string' ? deviceName : null,
      },
    };
  }
}
