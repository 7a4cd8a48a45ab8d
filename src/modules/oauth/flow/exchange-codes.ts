import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { CoreErrors, SingleUseSecrets, type UserRecord, UserRepository } from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { matchesChallenge } from './browser-binding.js';
import { FLOW_LIFETIMES_MS, type OAuthFlow } from './flow.js';

interface ExchangePayload {
  readonly tokenVersion: number;
  readonly browser: string;
  readonly codeChallenge: string | null;
  readonly deviceName: string | null;
}

/** What a client shows with a code. */
export interface ExchangeProof {
  readonly code: string;
  readonly codeVerifier?: string;
  /** Hash of the browser's secret; `null` where the request carried none. */
  readonly browser: string | null;
}

/** One-time codes that stand for a sign-in in an address or a message; a minute, one use. */
@Injectable()
export class ExchangeCodes {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly users: UserRepository,
    private readonly ids: IdGenerator,
  ) {}

  async issue(user: UserRecord, { browser, codeChallenge, deviceName }: OAuthFlow): Promise<string> {
    const payload: ExchangePayload = { tokenVersion: user.tokenVersion, browser, codeChallenge, deviceName };
    const { token } = await this.secrets.issue({
      purpose: 'oauth_exchange',
      subject: this.ids.next(),
      userId: user.id,
      payload: { exchange: payload },
      ttlMs: FLOW_LIFETIMES_MS.oauth_exchange,
    });
    if (token === null) throw new Error('An exchange code has to have a token.');
    return token;
  }

  /**
   * Consumes the code. A browser that tells which one it is has to be the one that signed in; a client of another site tells nothing, and has its own
   * PKCE to be sure.
   * @throws core.invalid_code, oauth.code_verifier_invalid
   */
  async redeem({
    code,
    codeVerifier,
    browser,
  }: ExchangeProof): Promise<{ user: UserRecord; deviceName: string | null }> {
    const record = await this.secrets.peek('oauth_exchange', code);
    const payload = record.payload['exchange'] as ExchangePayload;
    assertThat(browser === null || browser === payload.browser, CoreErrors.invalid_code);
    assertVerified(payload.codeChallenge, codeVerifier);
    await this.secrets.consume(record);
    const user = record.userId === null ? null : await this.users.findById(record.userId);
    assertThat(user && user.tokenVersion === payload.tokenVersion, CoreErrors.invalid_code);
    return { user, deviceName: payload.deviceName };
  }
}

/** @throws oauth.code_verifier_invalid where a challenge was given and the verifier is not its own */
export function assertVerified(challenge: string | null, verifier: string | undefined): void {
  assertThat(challenge === null || matchesChallenge(challenge, verifier), OAuthErrors.code_verifier_invalid);
}
