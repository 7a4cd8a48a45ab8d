import { Injectable } from '@nestjs/common';
import { DEVICE_COOKIE } from '../../../shared/http/device-token.js';
import { type HttpResponse, setCookies } from '../../../shared/http/response.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  type ChallengeResponse,
  type Principal,
  ResolvedCoreOptions,
  SessionService,
  SignInResponder,
} from '../../core/index.js';
import type { EnrolledCompletion } from './challenge-enrolment.service.js';
import type {
  EnrolledChallengeResponse,
  EnrolledTokenResponse,
  TwoFactorTokenResponse,
} from './challenge.dto.js';
import type { ChallengeCompletion } from './challenges.js';

/** Where a completed challenge comes from. */
export interface ChallengeRequest {
  /** Who was signed in there already. */
  readonly earlier: Principal | undefined;
  readonly client: ClientInfo;
}

/** Answers a completed challenge as every sign-in is answered, and hands a trusted device its token by the way that tokens travel. */
@Injectable()
export class ChallengeResponder {
  constructor(
    private readonly responder: SignInResponder,
    private readonly sessions: SessionService,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** The session that the request belonged to ends, as at every sign-in (session fixation, ASVS 7.2.4). */
  async answer(
    response: HttpResponse,
    { result, device }: ChallengeCompletion,
    { earlier, client }: ChallengeRequest,
  ): Promise<TwoFactorTokenResponse | ChallengeResponse> {
    if (earlier && result.status === 'authenticated') await this.sessions.logout(earlier, client);
    const answer = this.responder.answer(response, result);
    if (!device || answer.status !== 'authenticated') return answer;
    const maxAgeSeconds = Math.floor(device.expiresInMs / 1000);
    const { transport } = this.options.session;
    if (transport !== 'bearer')
      setCookies(response, [{ name: DEVICE_COOKIE, value: device.token, maxAgeSeconds }]);
    const shown = transport === 'cookie' ? {} : { device_token: device.token };
    return Object.assign(answer, shown, { device_expires_in: maxAgeSeconds });
  }

  /** As `answer`, with backup codes that are shown this once, whether another challenge follows or not. */
  async answerEnrolled(
    response: HttpResponse,
    { backupCodes, ...completion }: EnrolledCompletion,
    request: ChallengeRequest,
  ): Promise<EnrolledTokenResponse | EnrolledChallengeResponse> {
    const answer = await this.answer(response, completion, request);
    return Object.assign(answer, { backup_codes: backupCodes && [...backupCodes] });
  }
}
