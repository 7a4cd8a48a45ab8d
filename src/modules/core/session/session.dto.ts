import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUUID, MaxLength, MinLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import type { Authenticated, ChallengeRequired } from '../login/sign-in-result.js';
import { MAX_EMAIL_LENGTH } from '../user/email-address.js';
import {
  DeviceNameProperty,
  EmailProperty,
  PasswordProperty,
  PhoneNumberProperty,
  UsernameProperty,
} from '../user/identifier-properties.js';
import { UserResponse } from '../user/user.dto.js';
import type { SessionFamilyRecord } from './session.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const TOKEN = 'rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8';

/** Exactly one of `identifier`, `email`, `username` and `phone_number`. */
export class LoginBody {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_EMAIL_LENGTH,
    example: 'ada@example.com',
    description: 'Any of the three.',
  })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(2 * MAX_EMAIL_LENGTH)
  identifier?: string;

  @EmailProperty({ required: false })
  email?: string;

  @UsernameProperty({ required: false })
  username?: string;

  @PhoneNumberProperty({ required: false })
  phone_number?: string;

  @PasswordProperty()
  password!: string;

  @DeviceNameProperty()
  device_name?: string;
}

export class RefreshBody {
  @ApiPropertyOptional({
    maxLength: 4096,
    example: TOKEN,
    description: 'Left out where the cookie carries it.',
  })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(4096)
  refresh_token?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'uuid',
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
    description:
      'With the module `organization`: the organization to make the active one, `null` for none. Left out: the one before.',
  })
  @IsOptional()
  @IsUUID()
  organization_id?: string | null;
}

export class LogoutBody {
  @ApiPropertyOptional({
    maxLength: 4096,
    example: TOKEN,
    description:
      'Counts where the request has no good access token, which may have died by itself. Left out where the cookie carries it.',
  })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(4096)
  refresh_token?: string;
}

/** A sign-in that is complete. */
export class TokenResponse {
  @ApiProperty({ enum: ['authenticated'], example: 'authenticated' })
  status!: 'authenticated';

  @ApiProperty({ type: UserResponse })
  user!: UserResponse;

  @ApiProperty({ format: 'uuid', example: ID, description: 'The same over all refreshes.' })
  session_id!: string;

  @ApiPropertyOptional({ example: TOKEN, description: 'Absent where cookies alone carry tokens.' })
  access_token?: string;

  @ApiPropertyOptional({ example: TOKEN, description: 'Absent where cookies alone carry tokens.' })
  refresh_token?: string;

  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({
    type: 'integer',
    example: 900,
    description: 'Seconds that the access token lives, from its issue.',
  })
  expires_in!: number;

  @ApiProperty({
    type: 'integer',
    example: 604_800,
    description: 'Seconds that the refresh token lives, from its issue.',
  })
  refresh_expires_in!: number;

  static from(result: Authenticated, { withTokens }: { withTokens: boolean }): TokenResponse {
    const { pair, issuedAt } = result;
    return {
      status: 'authenticated',
      user: UserResponse.from(result.user),
      session_id: result.sessionId,
      ...(withTokens ? { access_token: pair.accessToken, refresh_token: pair.refreshToken } : {}),
      token_type: 'Bearer',
      expires_in: secondsBetween(issuedAt, result.accessExpiresAt),
      refresh_expires_in: secondsBetween(issuedAt, result.refreshExpiresAt),
    };
  }
}

export class LoginChallengeResponse {
  @ApiProperty({ example: 'two_factor' })
  type!: string;

  @ApiProperty({ type: [String], example: ['totp'] })
  methods!: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['totp'],
    description: 'There is no method yet, and one of these has to be set up to complete the challenge.',
  })
  enrol?: string[];
}

/** A sign-in that needs one more proof. */
export class ChallengeResponse {
  @ApiProperty({ enum: ['challenge_required'], example: 'challenge_required' })
  status!: 'challenge_required';

  @ApiProperty({ example: TOKEN, description: 'Opens nothing but the completion of the challenge.' })
  challenge_token!: string;

  @ApiProperty({ type: 'integer', example: 300, description: 'Seconds.' })
  expires_in!: number;

  @ApiProperty({ type: [LoginChallengeResponse] })
  challenges!: LoginChallengeResponse[];

  static from({ challengeToken, expiresIn, challenges }: ChallengeRequired): ChallengeResponse {
    return {
      status: 'challenge_required',
      challenge_token: challengeToken,
      expires_in: expiresIn,
      challenges: challenges.map(({ type, methods, enrol }) => ({
        type,
        methods: [...methods],
        ...(enrol ? { enrol: [...enrol] } : {}),
      })),
    };
  }
}

/** A login and all that it was refreshed into. */
export class SessionResponse {
  @ApiProperty({ format: 'uuid', example: ID })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Ada’s laptop',
    description: 'As the login named it.',
  })
  device!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  ip_address!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0' })
  user_agent!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T00:00:00.000Z', description: 'To the minute.' })
  last_used_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T00:00:00.000Z' })
  expires_at!: string;

  @ApiProperty({ example: true, description: 'Whether this request belongs to it.' })
  current!: boolean;

  @ApiProperty({ example: false, description: 'Whether an administrator acts as the user in it.' })
  impersonated!: boolean;

  static from(family: SessionFamilyRecord, currentId: string | null): SessionResponse {
    return {
      id: family.id,
      device: family.deviceName,
      ip_address: family.ipAddress,
      user_agent: family.userAgent,
      last_used_at: family.lastUsedAt.toISOString(),
      created_at: family.createdAt.toISOString(),
      expires_at: family.expiresAt.toISOString(),
      current: family.id === currentId,
      impersonated: family.impersonatorId !== null,
    };
  }
}

function secondsBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 1000);
}
