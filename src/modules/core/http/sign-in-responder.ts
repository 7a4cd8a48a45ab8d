import { Injectable } from '@nestjs/common';
import { type HttpResponse, setHeader } from '../../../shared/http/response.js';
import { ResolvedCoreOptions } from '../core.options.js';
import type { Authenticated, SignInResult } from '../login/sign-in-result.js';
import { ChallengeResponse, TokenResponse } from '../session/session.dto.js';
import { TokenCookies } from './token-cookies.js';

/** Answers a sign-in, whatever the way in: tokens in the body, in cookies or in both, as the transport says; never to be cached. */
@Injectable()
export class SignInResponder {
  constructor(
    private readonly cookies: TokenCookies,
    private readonly options: ResolvedCoreOptions,
  ) {}

  answer(response: HttpResponse, result: Authenticated): TokenResponse;
  answer(response: HttpResponse, result: SignInResult): TokenResponse | ChallengeResponse;
  answer(response: HttpResponse, result: SignInResult): TokenResponse | ChallengeResponse {
    setHeader(response, 'Cache-Control', 'no-store');
    if (result.status === 'challenge_required') return ChallengeResponse.from(result);
    this.cookies.set(response, result);
    return TokenResponse.from(result, { withTokens: this.options.session.transport !== 'cookie' });
  }

  /** After a logout. */
  clear(response: HttpResponse): void {
    this.cookies.clear(response);
  }
}
