import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { OAuthProviders } from '../provider/oauth-providers.js';
import { ProviderClient } from '../provider/provider-client.js';
import { FederatedSignIn } from '../sign-in/federated-sign-in.js';
import { IdentityResolution, type Resolved } from '../sign-in/identity-resolution.js';
import { OAuthErrors } from '../oauth.errors.js';
import type { CallbackParameters } from './callback-parameters.js';
import { ExchangeCodes } from './exchange-codes.js';
import type { Answered, FlowContent, FlowResult } from './flow-result.js';
import { isSending } from './flow-result.js';
import type { OAuthFlow } from './flow.js';
import { type OpenFlow, OAuthStates } from './oauth-states.js';

/** Ends a flow: consumes its state, asks the provider who it was, and makes that a sign-in or a link. */
@Injectable()
export class FlowCompletion {
  constructor(
    private readonly providers: OAuthProviders,
    private readonly client: ProviderClient,
    private readonly states: OAuthStates,
    private readonly identities: IdentityResolution,
    private readonly codes: ExchangeCodes,
    private readonly signIns: FederatedSignIn,
  ) {}

  /** What fails once the state is consumed goes where the result would have gone; of a flow that goes nowhere it is thrown. */
  async complete(open: OpenFlow, parameters: CallbackParameters, client: ClientInfo): Promise<FlowResult> {
    const { flow } = open;
    if (!isSending(flow)) return this.answer(open, parameters, client);
    const { mode, provider, redirectTo } = flow;
    const known = await this.states.consume(open);
    try {
      const resolved = await this.resolve(open, known, parameters, client);
      return { mode, provider, redirectTo, content: await this.contentOf(flow, resolved) };
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      return { mode, provider, redirectTo, content: { kind: 'failed', error } };
    }
  }

  /** The result itself. */
  async answer(open: OpenFlow, parameters: CallbackParameters, client: ClientInfo): Promise<Answered> {
    const known = await this.states.consume(open);
    const { user, account } = await this.resolve(open, known, parameters, client);
    if (open.flow.link) return { mode: 'json', kind: 'linked', account };
    return {
      mode: 'json',
      kind: 'signed_in',
      result: await this.signIns.signIn(user, open.flow.deviceName, client),
    };
  }

  private async resolve(
    { flow }: OpenFlow,
    known: Awaited<ReturnType<OAuthStates['consume']>>,
    parameters: CallbackParameters,
    client: ClientInfo,
  ): Promise<Resolved> {
    const provider = this.providers.get(flow.provider);
    const state = parameters.state ?? '';
    assertThat(parameters.code !== undefined || parameters.error !== undefined, OAuthErrors.invalid_grant);
    const { redirectUri } = flow;
    const signIn = await this.client.redeem(provider, { ...known, redirectUri, state, parameters });
    const identity = { ...signIn, provider: provider.id };
    return flow.link
      ? this.identities.linkTo(flow.link, identity, client)
      : this.identities.resolve(identity, flow.username, client);
  }

  private async contentOf(flow: OAuthFlow, { user, account }: Resolved): Promise<FlowContent> {
    return flow.link
      ? { kind: 'linked', account }
      : { kind: 'code', code: await this.codes.issue(user, flow) };
  }
}
