import { Injectable } from '@nestjs/common';
import { randomToken } from '../../../shared/crypto/random.js';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { assertRedirectTarget } from '../../../shared/http/redirect-target.js';
import { type Principal, ResolvedCoreOptions } from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { OAuthProviders } from '../provider/oauth-providers.js';
import { ProviderClient } from '../provider/provider-client.js';
import { CallbackAddress } from './callback-address.js';
import type { FlowMode, OAuthFlow } from './flow.js';
import { LinkIntent } from './link-intent.js';
import { OAuthStates } from './oauth-states.js';

/** What a client asks for. */
export interface AuthorizationRequestForm {
  readonly mode?: FlowMode;
  readonly redirect_to?: string;
  readonly username?: string;
  readonly device_name?: string;
  readonly code_challenge?: string;
  readonly link?: boolean;
}

/** Who asks: the browser, and the user if one is signed in. */
export interface Asker {
  readonly browser: string;
  readonly principal: Principal | undefined;
}

export interface Authorization {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Begins a sign-in: remembers it under a state, and says where the browser has to go. */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly providers: OAuthProviders,
    private readonly client: ProviderClient,
    private readonly states: OAuthStates,
    private readonly links: LinkIntent,
    private readonly callbacks: CallbackAddress,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * @throws oauth.provider_not_found, oauth.redirect_required, core.redirect_not_allowed, oauth.provider_unavailable …; for a link
   * core.unauthenticated, core.reauthentication_required
   */
  async begin(
    providerId: string,
    form: AuthorizationRequestForm,
    { browser, principal }: Asker,
  ): Promise<Authorization> {
    const provider = this.providers.get(providerId);
    const mode = form.mode ?? 'redirect';
    const { redirectTo, redirectUri } = this.addresses(provider.id, mode, form.redirect_to);
    const flow: OAuthFlow = {
      provider: provider.id,
      mode,
      redirectTo,
      redirectUri,
      browser,
      codeChallenge: form.code_challenge ?? null,
      username: form.username ?? null,
      deviceName: form.device_name ?? null,
      link: form.link === true ? await this.links.of(principal) : null,
    };
    const known = { codeVerifier: randomToken(), nonce: randomToken() };
    // Asked first: nothing is kept of a sign-in that cannot begin.
    const url = await this.client.authorizationUrl(provider, { redirectUri, ...known });
    const { state, expiresAt } = await this.states.issue(flow, known);
    url.searchParams.set('state', state);
    return { url: url.href, expiresAt };
  }

  /** A native client may name an address of its own, on which it takes the provider's answer and hands it over by `POST token`. */
  private addresses(
    provider: string,
    mode: FlowMode,
    target: string | undefined,
  ): Pick<OAuthFlow, 'redirectTo' | 'redirectUri'> {
    const callback = this.callbacks.of(provider);
    if (target === undefined) {
      assertThat(mode === 'json', OAuthErrors.redirect_required);
      return { redirectTo: null, redirectUri: callback };
    }
    const url = assertRedirectTarget(target, this.options.redirectAllowlist);
    // A message needs an origin to go to, which a scheme of an app's own has not.
    assertThat(mode !== 'popup' || url.origin !== 'null', GeneralErrors.redirect_not_allowed);
    if (mode !== 'json') return { redirectTo: url.href, redirectUri: callback };
    assertThat(url.search === '' && url.hash === '', GeneralErrors.redirect_not_allowed);
    return { redirectTo: null, redirectUri: url.href };
  }
}
