import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { LoginChallenged, LoginChallengePassed } from '../core.events.js';
import { SessionStart } from '../session/session-start.js';
import { SessionTokens } from '../session/session-tokens.js';
import type { UserRecord } from '../user/user.js';
import { AccountCheck } from './account-check.js';
import { LoginChallenges } from './login-challenges.js';
import { LoginGates } from './login-gates.js';
import type { PendingSignIn, SignInProof, SignInResult } from './sign-in-result.js';

/** The one path from a proof of identity to tokens, for every way in: the account's state, the gates, then a new session. */
@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountCheck,
    private readonly gates: LoginGates,
    private readonly challenges: LoginChallenges,
    private readonly tokens: SessionTokens,
    private readonly start: SessionStart,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Outside of transactions. `user` is the account as it was when the proof was checked: if its token version has grown since, the proof is void.
   * @throws core.account_* and core.*_not_verified (see AccountCheck), core.invalid_credentials
   */
  async signIn(user: UserRecord, proof: SignInProof, client: ClientInfo): Promise<SignInResult> {
    this.accounts.assertMayAct(user);
    const open = await this.gates.evaluate({ user, methods: proof.methods, client });
    if (open.length > 0) {
      const challenge = await this.challenges.open(user, proof, open);
      const types = open.map(({ type }) => type);
      await this.events.emit(new LoginChallenged(user.id, types, client, this.clock.now()));
      return challenge;
    }
    return this.start.commit(await this.tokens.first(user, proof, client), client);
  }

  /** What a challenge is about, without consuming it. @throws core.challenge_invalid */
  async peekChallenge(challengeToken: string, client: ClientInfo): Promise<PendingSignIn> {
    const { user, proof } = await this.challenges.peek(challengeToken);
    const challenges = await this.gates.evaluate({ user, methods: proof.methods, client });
    return { user, methods: proof.methods, challenges };
  }

  /**
   * Goes on with a sign-in, once a gate's module has checked what it asked for: consumes the challenge and adds the methods. Another challenge may
   * follow.
   * @throws core.challenge_invalid, and what `signIn` throws
   */
  async completeChallenge(
    challengeToken: string,
    methods: readonly string[],
    client: ClientInfo,
  ): Promise<SignInResult> {
    if (methods.length === 0) throw new AuthError(CoreErrors.challenge_invalid);
    const { user, proof } = await this.challenges.redeem(challengeToken);
    await this.events.emit(new LoginChallengePassed(user.id, client, this.clock.now()));
    return this.signIn(user, { ...proof, methods: [...new Set([...proof.methods, ...methods])] }, client);
  }
}
