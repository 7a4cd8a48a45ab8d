import { HttpStatus, Injectable } from '@nestjs/common';
import { redirectWith } from '../../../shared/http/redirect-target.js';
import { type HttpResponse, setHeader, setStatus } from '../../../shared/http/response.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  type ChallengeResponse,
  type Principal,
  SessionService,
  type SignInResult,
  SignInResponder,
  type TokenResponse,
} from '../../core/index.js';
import { LinkedResponse } from './flow.dto.js';
import type { FlowContent, FlowResult, SentOn } from './flow-result.js';
import { POPUP_POLICY, popupPage, type PopupMessage } from './popup-page.js';

/** Answers the end of a flow, in the way that its client asked for. */
@Injectable()
export class FlowResponder {
  constructor(
    private readonly signIns: SignInResponder,
    private readonly sessions: SessionService,
  ) {}

  async answer(
    response: HttpResponse,
    result: FlowResult,
    earlier: Principal | undefined,
    client: ClientInfo,
  ): Promise<TokenResponse | ChallengeResponse | LinkedResponse | string | undefined> {
    privately(response);
    if (result.mode !== 'json') return this.sendOn(response, result);
    if (result.kind === 'linked') return LinkedResponse.from(result.account);
    return this.signedIn(response, result.result, earlier, client);
  }

  /** The answer of a login; the session that the request belonged to ends, as at every login. */
  async signedIn(
    response: HttpResponse,
    result: SignInResult,
    earlier: Principal | undefined,
    client: ClientInfo,
  ): Promise<TokenResponse | ChallengeResponse> {
    if (earlier && result.status === 'authenticated') await this.sessions.logout(earlier, client);
    return this.signIns.answer(response, result);
  }

  /** Sends the browser to another address. */
  redirect(response: HttpResponse, url: string, status: HttpStatus = HttpStatus.FOUND): undefined {
    privately(response);
    setStatus(response, status);
    setHeader(response, 'Location', url);
    return undefined;
  }

  sendOn(response: HttpResponse, { mode, provider, redirectTo, content }: SentOn): string | undefined {
    const fields = fieldsOf(provider, content);
    const url = new URL(redirectTo);
    if (mode === 'popup') {
      privately(response);
      setHeader(response, 'Content-Type', 'text/html; charset=utf-8');
      setHeader(response, 'Content-Security-Policy', POPUP_POLICY);
      setHeader(response, 'X-Content-Type-Options', 'nosniff');
      return popupPage({ type: 'castellan:oauth', provider, ...fields }, url.origin);
    }
    return this.redirect(response, redirectWith(url, fields));
  }
}

function fieldsOf(
  provider: string,
  content: FlowContent,
): Pick<PopupMessage, 'code' | 'linked' | 'error' | 'error_description'> {
  if (content.kind === 'code') return { code: content.code };
  if (content.kind === 'linked') return { linked: provider };
  return { error: content.error.code, error_description: content.error.title };
}

/** Neither kept nor told on; and a popup must not lose its opener on the way. */
function privately(response: HttpResponse): void {
  setHeader(response, 'Cache-Control', 'no-store');
  setHeader(response, 'Referrer-Policy', 'no-referrer');
  setHeader(response, 'Cross-Origin-Opener-Policy', 'unsafe-none');
}
