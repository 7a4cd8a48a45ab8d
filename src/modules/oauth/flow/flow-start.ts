import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { assertRedirectTarget } from '../../../shared/http/redirect-target.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import { type HttpResponse, setHeader } from '../../../shared/http/response.js';
import { Clock } from '../../../shared/time/clock.js';
import { type Principal, ResolvedCoreOptions } from '../../core/index.js';
import { AuthorizationService, type AuthorizationRequestForm } from './authorization.service.js';
import { BrowserBinding } from './browser-binding.js';
import type { FlowMode } from './flow.js';
import type { AuthorizeResponse } from './flow.dto.js';
import { FlowResponder } from './flow-responder.js';

/** The beginning of a flow over HTTP: marks the browser, and tells or takes it where to go. */
@Injectable()
export class FlowStart {
  constructor(
    private readonly authorizations: AuthorizationService,
    private readonly browsers: BrowserBinding,
    private readonly responder: FlowResponder,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  async answer(
    provider: string,
    form: AuthorizationRequestForm,
    principal: Principal | undefined,
    request: HttpRequest,
    response: HttpResponse,
  ): Promise<AuthorizeResponse> {
    const asker = { browser: this.browsers.bind(request, response), principal };
    const { url, expiresAt } = await this.authorizations.begin(provider, form, asker);
    setHeader(response, 'Cache-Control', 'no-store');
    return { url, state_expires_in: Math.round((expiresAt.getTime() - this.clock.now().getTime()) / 1000) };
  }

  /** A link that leads nowhere, since the provider is down, leads back. */
  async redirect(
    provider: string,
    form: AuthorizationRequestForm,
    request: HttpRequest,
    response: HttpResponse,
  ): Promise<string | undefined> {
    const asker = { browser: this.browsers.bind(request, response), principal: undefined };
    try {
      return this.responder.redirect(response, (await this.authorizations.begin(provider, form, asker)).url);
    } catch (error) {
      if (!(error instanceof AuthError) || error.status < 500) throw error;
      const target = this.targetOf(form);
      if (!target) throw error;
      return this.responder.sendOn(response, { ...target, provider, content: { kind: 'failed', error } });
    }
  }

  private targetOf({
    mode = 'redirect',
    redirect_to: target,
  }: AuthorizationRequestForm): { mode: Exclude<FlowMode, 'json'>; redirectTo: string } | null {
    if (mode === 'json' || target === undefined) return null;
    return { mode, redirectTo: assertRedirectTarget(target, this.options.redirectAllowlist).href };
  }
}
