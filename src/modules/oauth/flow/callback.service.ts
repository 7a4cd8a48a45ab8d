import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { OAuthErrors } from '../oauth.errors.js';
import { OAuthProviders } from '../provider/oauth-providers.js';
import { readParameters } from './callback-parameters.js';
import { CallbackAddress } from './callback-address.js';
import { assertVerified } from './exchange-codes.js';
import { FlowCompletion } from './flow-completion.js';
import type { Answered, FlowResult } from './flow-result.js';
import { FormPosts } from './form-posts.js';
import { OAuthStates } from './oauth-states.js';

/** What a native client hands over that took the provider's answer by itself. */
export interface CaughtAnswer {
  readonly code: string;
  readonly state: string;
  readonly iss?: string;
  readonly code_verifier?: string;
}

/** Takes the answers of providers, by whatever way they come. */
@Injectable()
export class CallbackService {
  constructor(
    private readonly providers: OAuthProviders,
    private readonly states: OAuthStates,
    private readonly forms: FormPosts,
    private readonly completion: FlowCompletion,
    private readonly addresses: CallbackAddress,
  ) {}

  /** The browser comes back by GET: it has to be the one that began. @throws oauth.provider_not_found, oauth.state_invalid; of the mode `json` all else */
  async return(
    providerId: string,
    query: URLSearchParams,
    browser: string | null,
    client: ClientInfo,
  ): Promise<FlowResult> {
    const { id } = this.providers.get(providerId);
    const form = query.get('form');
    const parameters = form === null ? readParameters(query) : await this.forms.take(form);
    const open = await this.states.peek(id, parameters.state ?? '');
    const { flow } = open;
    assertThat(browser === flow.browser, OAuthErrors.state_invalid);
    // An answer that goes elsewhere, or that needs a verifier, is not for an address that anybody can open.
    const isHere = flow.redirectUri === this.addresses.of(id);
    assertThat(isHere && (flow.mode !== 'json' || flow.codeChallenge === null), OAuthErrors.state_invalid);
    return this.completion.complete(open, parameters, client);
  }

  /** The browser was made to post; says where it goes on by GET. @throws oauth.provider_not_found, oauth.state_invalid */
  async keepForm(providerId: string, fields: Iterable<readonly [string, unknown]>): Promise<string> {
    const { id, formPost } = this.providers.get(providerId);
    assertThat(formPost === true, OAuthErrors.state_invalid);
    const url = new URL(this.addresses.of(id));
    url.searchParams.set('form', await this.forms.keep(id, readParameters(fields)));
    return url.href;
  }

  /** A native client has caught the answer on an address of its own: by its own PKCE, or by the cookie, it is the one that began. */
  async take(
    providerId: string,
    { code, state, iss, code_verifier: verifier }: CaughtAnswer,
    browser: string | null,
    client: ClientInfo,
  ): Promise<Answered> {
    const { id } = this.providers.get(providerId);
    const open = await this.states.peek(id, state);
    const { mode, codeChallenge, browser: bound } = open.flow;
    assertThat(mode === 'json', OAuthErrors.state_invalid);
    assertThat(codeChallenge !== null || browser === bound, OAuthErrors.state_invalid);
    assertVerified(codeChallenge, verifier);
    return this.completion.answer(open, { code, state, ...(iss === undefined ? {} : { iss }) }, client);
  }
}
