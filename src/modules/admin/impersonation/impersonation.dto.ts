import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { type AuthenticatedResult, UserResponse } from '../../core/index.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

export class ImpersonateRequest {
  @ApiProperty({
    minLength: 1,
    maxLength: 500,
    example: 'Ticket 4711: cannot see the invoice.',
    description: 'For the audit log.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 60,
    maximum: 3600,
    example: 900,
    description: 'Seconds; an hour at most, or less where the application is configured so.',
  })
  @IfGiven()
  @IsInt()
  @Min(60)
  @Max(3600)
  ttl_seconds?: number;
}

/** A session in which an administrator acts as the user. */
export class ImpersonationResponse {
  @ApiProperty({ type: UserResponse })
  user!: UserResponse;

  @ApiProperty({ format: 'uuid', example: ID })
  session_id!: string;

  @ApiProperty({
    example: 'rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8',
    description:
      'In the body, however tokens travel else: no cookie is touched. Says who acts by `act` (RFC 8693 section 4.1). There is no refresh token.',
  })
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  token_type!: 'Bearer';

  @ApiProperty({ type: 'integer', example: 900, description: 'Seconds.' })
  expires_in!: number;

  @ApiProperty({ format: 'uuid', example: ID, description: 'The administrator.' })
  impersonated_by!: string;

  static from(result: AuthenticatedResult, impersonatedBy: string): ImpersonationResponse {
    return {
      user: UserResponse.from(result.user),
      session_id: result.sessionId,
      access_token: result.pair.accessToken,
      token_type: 'Bearer',
      expires_in: Math.floor((result.accessExpiresAt.getTime() - result.issuedAt.getTime()) / 1000),
      impersonated_by: impersonatedBy,
    };
  }
}
