import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { CoreErrors, ResolvedCoreOptions, SingleUseSecrets, type TokenRecord } from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { FLOW_LIFETIMES_MS, type FlowSecrets, type OAuthFlow } from './flow.js';

const SEALED_FOR = 'oauth.flow';

/** A flow that has been found and not been consumed. */
export interface OpenFlow {
  readonly flow: OAuthFlow;
  readonly record: TokenRecord;
}

/** The `state` of an authorization request: single-use, ten minutes, in the store; what only we and the provider may know is sealed in it. */
@Injectable()
export class OAuthStates {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly ids: IdGenerator,
    private readonly options: ResolvedCoreOptions,
  ) {}

  async issue(flow: OAuthFlow, known: FlowSecrets): Promise<{ state: string; expiresAt: Date }> {
    // A subject of its own, so that flows in two tabs do not void each other.
    const subject = this.ids.next();
    const sealed = this.options.secrets.encrypt(SEALED_FOR, JSON.stringify(known), subject);
    const { token, expiresAt } = await this.secrets.issue({
      purpose: 'oauth_state',
      subject,
      userId: flow.link?.userId ?? null,
      payload: { flow, sealed },
      ttlMs: FLOW_LIFETIMES_MS.oauth_state,
    });
    if (token === null) throw new Error('A state has to have a token.');
    return { state: token, expiresAt };
  }

  /** Looks at a state without consuming it. @throws oauth.state_invalid, for another provider's too */
  async peek(provider: string, state: string): Promise<OpenFlow> {
    const record = await this.secrets.find('oauth_state', state);
    const flow = record?.payload['flow'] as OAuthFlow | undefined;
    assertThat(record && flow?.provider === provider, OAuthErrors.state_invalid);
    return { flow, record };
  }

  /** Of any number of simultaneous calls one passes. @throws oauth.state_invalid */
  async consume({ record }: OpenFlow): Promise<FlowSecrets> {
    try {
      await this.secrets.consume(record);
    } catch (error) {
      if (error instanceof AuthError && error.is(CoreErrors.invalid_code))
        throw new AuthError(OAuthErrors.state_invalid);
      throw error;
    }
    return JSON.parse(
      this.options.secrets
        .decrypt(SEALED_FOR, String(record.payload['sealed']), record.subject)
        .toString('utf8'),
    ) as FlowSecrets;
  }
}
