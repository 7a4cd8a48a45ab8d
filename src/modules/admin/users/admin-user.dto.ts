import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsISO8601, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import {
  EmailProperty,
  PasswordProperty,
  PhoneNumberProperty,
  UpdateProfileRequest,
  UserResponse,
  type UserRecord,
} from '../../core/index.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const INSTANT = '2026-01-01T00:00:00.000Z';

/** An account as administrators see it. */
export class AdminUserResponse extends UserResponse {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  banned_at!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'null beside `banned_at`: for good. In the past: the ban is over.',
  })
  banned_until!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  ban_reason!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  banned_by!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
    description: 'Password sign-in is refused until then.',
  })
  locked_until!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  deleted_at!: string | null;

  static of(user: UserRecord): AdminUserResponse {
    return Object.assign(UserResponse.from(user), {
      banned_at: user.bannedAt?.toISOString() ?? null,
      banned_until: user.bannedUntil?.toISOString() ?? null,
      ban_reason: user.banReason,
      banned_by: user.bannedBy,
      locked_until: user.lockedUntil?.toISOString() ?? null,
      deleted_at: user.deletedAt?.toISOString() ?? null,
    });
  }
}

/** `true` and `false` as text; anything else stays what it is, and fails the validation. */
const Flag = (description: string): PropertyDecorator => {
  const decorators = [
    ApiPropertyOptional({ type: Boolean, example: true, description }),
    IfGiven(),
    Transform(({ value }): unknown => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  ];
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
};

const Instant = (description: string): PropertyDecorator => {
  const decorators = [
    ApiPropertyOptional({ type: String, format: 'date-time', example: INSTANT, description }),
    IfGiven(),
    IsISO8601({ strict: true }),
    MaxLength(40),
  ];
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
};

export class ListUsersQuery extends ListingQuery {
  @ApiPropertyOptional({
    maxLength: 254,
    example: 'ada',
    description:
      'Literal text in name, email, username or phone number, whatever its case. Fewer than three characters are looked for at their beginnings alone.',
  })
  @IfGiven()
  @IsString()
  @MaxLength(254)
  query?: string;

  @Flag('Whether a ban is in force.')
  banned?: boolean;

  @Flag('Whether the email address is proven.')
  verified?: boolean;

  @Flag('Whether the account is switched on.')
  active?: boolean;

  @Flag('`true`: the soft-deleted ones alone; else the living.')
  deleted?: boolean;

  @Flag('Whether it is a super admin.')
  super_admin?: boolean;

  @Instant('Made at that moment or later.')
  created_from?: string;

  @Instant('Made before that moment.')
  created_before?: string;

  @ApiPropertyOptional({
    maxLength: 63,
    example: 'auditor',
    description: 'Slug of a role of the platform that the users have; with the module `rbac`.',
  })
  @IfGiven()
  @IsString()
  @MaxLength(63)
  role?: string;
}

/** At least one of `email`, `username` and `phone_number`. */
export class CreateUserRequest extends UpdateProfileRequest {
  @EmailProperty({ required: false })
  email?: string;

  @PhoneNumberProperty({ required: false })
  phone_number?: string;

  @PasswordProperty({
    required: false,
    description: 'Left out: the account has none, and is sent a link to choose one.',
  })
  password?: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    example: true,
    description: 'Vouch for the address.',
  })
  @IfGiven()
  @IsBoolean()
  email_verified?: boolean;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    example: false,
    description: 'Vouch for the number.',
  })
  @IfGiven()
  @IsBoolean()
  phone_number_verified?: boolean;

  @ApiPropertyOptional({
    type: Boolean,
    default: true,
    example: true,
    description: 'Whether an account without a password is mailed a link to choose one.',
  })
  @IfGiven()
  @IsBoolean()
  notify?: boolean;
}

/** A field that is left out stays as it is; `null` clears it. */
export class UpdateUserRequest extends UpdateProfileRequest {
  @ApiPropertyOptional({
    type: String,
    format: 'email',
    nullable: true,
    maxLength: 254,
    example: 'ada@example.com',
    description: 'Counts at once; the old address is told.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(508)
  email?: string | null;

  @ApiPropertyOptional({ type: Boolean, example: true, description: 'Vouch for the address that is given.' })
  @IfGiven()
  @IsBoolean()
  email_verified?: boolean;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 40, example: '+41446681800' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  phone_number?: string | null;

  @ApiPropertyOptional({ type: Boolean, example: true, description: 'Vouch for the number that is given.' })
  @IfGiven()
  @IsBoolean()
  phone_number_verified?: boolean;
}

export class SetPasswordRequest {
  @PasswordProperty()
  password!: string;
}

export class VerifyAddressRequest {
  @ApiPropertyOptional({
    type: Boolean,
    default: true,
    example: true,
    description: '`false` takes the proof back.',
  })
  @IfGiven()
  @IsBoolean()
  verified?: boolean;
}

export class BanRequest {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 500,
    example: 'Sent spam.',
    description: 'The user is told when signing in.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2030-01-01T00:00:00.000Z',
    description: 'When the ban ends by itself, in the future. Left out: never.',
  })
  @IsOptional()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  until?: string | null;
}

/** The user that a route names. */
export const USER_ID_PARAM = { name: 'id', format: 'uuid', example: ID } as const;
