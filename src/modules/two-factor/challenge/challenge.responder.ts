import { Injectable } from '@nestjs/common';
import { DEVICE_COOKIE } from '../../../shared/http/device-token.js';
import { type HttpResponse, setCookies } from '../../../shared/http/response.js';
import { type ChallengeResponse, ResolvedCoreOptions, SignInResponder } from '../../core/index.js';
import type { EnrolledCompletion } from './challenge-enrolment.service.js';
import type {
  EnrolledChallengeResponse,
  EnrolledTokenResponse,
  TwoFactorTokenResponse,
} from './challenge.dto.js';
import type { ChallengeCompletion } from './challenges.js';

/** Answers a completed challenge as every sign-in is answered, and hands a trusted device its token by the way that tokens travel. */
@Injectable()
export class ChallengeResponder {
  constructor(
    private readonly responder: SignInResponder,
    private readonly options: ResolvedCoreOptions,
  ) {}

  answer(
    response: HttpResponse,
    { result, device }: ChallengeCompletion,
  ): TwoFactorTokenResponse | ChallengeResponse {
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
  answerEnrolled(
    response: HttpResponse,
    { backupCodes, ...completion }: EnrolledCompletion,
  ): EnrolledTokenResponse | EnrolledChallengeResponse {
    const answer = this.answer(response, completion);
    return Object.assign(answer, { backup_codes: backupCodes && [...backupCodes] });
  }
}
