import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { CoreErrors, ResolvedCoreOptions, SingleUseSecrets } from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { type CallbackParameters, readParameters } from './callback-parameters.js';
import { FLOW_LIFETIMES_MS } from './flow.js';
import { OAuthStates } from './oauth-states.js';

const SEALED_FOR = 'oauth.form';

/**
 * Answers that a provider has the browser post (Apple). The post comes from another site, without our cookie; it is kept for a minute, and the browser
 * goes on by GET, which brings the cookie.
 */
@Injectable()
export class FormPosts {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly states: OAuthStates,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Returns a token for the GET. Only answers to a flow that is open are kept. @throws oauth.state_invalid */
  async keep(provider: string, parameters: CallbackParameters): Promise<string> {
    const { record } = await this.states.peek(provider, parameters.state ?? '');
    const { subject } = record;
    const { token } = await this.secrets.issue({
      purpose: 'oauth_form',
      subject,
      payload: { sealed: this.options.secrets.encrypt(SEALED_FOR, JSON.stringify(parameters), subject) },
      ttlMs: FLOW_LIFETIMES_MS.oauth_form,
    });
    if (token === null) throw new Error('A kept form has to have a token.');
    return token;
  }

  /** @throws oauth.state_invalid */
  async take(token: string): Promise<CallbackParameters> {
    try {
      const { payload, subject } = await this.secrets.redeem('oauth_form', token);
      const text = this.options.secrets
        .decrypt(SEALED_FOR, String(payload['sealed']), subject)
        .toString('utf8');
      return readParameters(Object.entries(JSON.parse(text) as Record<string, string>));
    } catch (error) {
      if (error instanceof AuthError && error.is(CoreErrors.invalid_code))
        throw new AuthError(OAuthErrors.state_invalid);
      throw error;
    }
  }
}
