import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IfGiven } from '../../shared/http/if-given.decorator.js';
import { MAX_REDIRECT_LENGTH } from '../../shared/http/redirect-target.js';
import {
  ChallengeResponse,
  CodeProperty,
  DeviceNameProperty,
  EmailProperty,
  LinkTokenProperty,
  LocaleProperty,
  UsernameProperty,
} from '../core/index.js';
import type { MagicLinkWish } from './magic-link-request.service.js';
import type { MagicLinkProof } from './magic-link-proofs.js';
import type { OpenedLink } from './magic-link.service.js';

const OF_NEW_ACCOUNT = 'Of an account that the link makes; derived from the address where it is left out.';
const INSTEAD = 'In place of the one that was asked for, where somebody else has taken that meanwhile.';

export class RequestMagicLinkBody {
  @EmailProperty()
  email!: string;

  @ApiPropertyOptional({
    maxLength: MAX_REDIRECT_LENGTH,
    example: 'https://app.example.com/welcome',
    description: 'Where the page of the link goes on to; has to lie below an entry of the allow-list.',
  })
  @IfGiven()
  @IsString()
  @Length(1, MAX_REDIRECT_LENGTH)
  redirect_to?: string;

  @UsernameProperty({ required: false, description: OF_NEW_ACCOUNT })
  username?: string;

  @LocaleProperty()
  locale?: string;

  static wishOf({ email, redirect_to: redirectTo, username, locale }: RequestMagicLinkBody): MagicLinkWish {
    return { email, redirectTo, username, locale };
  }
}

/** `token`, or `email` and `code`. */
export class ConfirmMagicLinkBody {
  @LinkTokenProperty({ required: false })
  token?: string;

  @EmailProperty({ required: false })
  email?: string;

  @CodeProperty({ required: false })
  code?: string;

  @UsernameProperty({ required: false, description: INSTEAD })
  username?: string;

  @DeviceNameProperty()
  device_name?: string;

  static proofOf(
    { token, email, code, username }: ConfirmMagicLinkBody,
    browser: string | null,
  ): MagicLinkProof {
    return { token, email, code, username, browser };
  }
}

export class OpenMagicLinkBody {
  @LinkTokenProperty()
  token!: string;

  @UsernameProperty({ required: false, description: INSTEAD })
  username?: string;

  static proofOf({ token, username }: OpenMagicLinkBody, browser: string | null): MagicLinkProof {
    return { token, username, browser };
  }
}

export class ExchangeMagicLinkBody {
  @LinkTokenProperty({ description: 'The `magic_link_code` of the redirect.' })
  code!: string;

  @DeviceNameProperty()
  device_name?: string;
}

/** What the page does next. */
export class OpenedMagicLinkResponse {
  @ApiProperty({
    enum: ['redirect', 'signed_in', 'challenge_required', 'enter_code'],
    example: 'redirect',
    description:
      '`redirect`: go on to `redirect_to`. `signed_in`: the cookies are set. `challenge_required`: another proof is needed, which the page `continue_at` takes; without it none does. `enter_code`: nothing was consumed; the code of the message has to be entered where it was asked for.',
  })
  status!: OpenedLink['status'];

  @ApiPropertyOptional({
    example: 'https://app.example.com/welcome?magic_link_code=rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8',
    description: 'Without `magic_link_code` where cookies have been set.',
  })
  redirect_to?: string;

  @ApiPropertyOptional({
    example: 'two-factor',
    description: 'The page, beside this one, that takes the challenge.',
  })
  continue_at?: string;

  @ApiPropertyOptional({ type: ChallengeResponse, description: 'With `continue_at`.' })
  challenge?: ChallengeResponse;

  static from({ status, redirectTo, challenge }: OpenedLink): OpenedMagicLinkResponse {
    return {
      status,
      ...(redirectTo === undefined ? {} : { redirect_to: redirectTo }),
      ...(challenge && { continue_at: challenge.page, challenge: ChallengeResponse.from(challenge) }),
    };
  }
}
