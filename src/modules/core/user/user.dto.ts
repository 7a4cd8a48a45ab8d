import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, IsUrl, Matches, MaxLength, MinLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import {
  EmailProperty,
  PasswordProperty,
  PhoneNumberProperty,
  UsernameProperty,
} from './identifier-properties.js';
import type { ProfileChanges, UserRecord } from './user.js';
import type { PendingChanges } from './user.service.js';

const NO_CONTROL = /^[^\p{Cc}]*$/u;
const NO_CONTROL_MESSAGE = { message: '$property must not hold control characters' };

/** An account as clients see it: an explicit list, so that a new column is hidden until somebody shows it. */
export class UserResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Ada' })
  first_name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Lovelace' })
  last_name!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'email', example: 'ada@example.com' })
  email!: string | null;

  @ApiProperty({ example: true })
  email_verified!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'ada.lovelace' })
  username!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '+41446681800', description: 'E.164.' })
  phone_number!: string | null;

  @ApiProperty({ example: false })
  phone_number_verified!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'https://example.com/ada.png' })
  avatar!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Writes programs for engines.' })
  biography!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'en-GB',
    description: 'BCP 47; the language of messages.',
  })
  locale!: string | null;

  @ApiProperty({ example: true })
  active!: boolean;

  @ApiProperty({ example: false })
  is_super_admin!: boolean;

  @ApiProperty({ example: true, description: 'False: the account signs in by other means.' })
  has_password!: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    format: 'email',
    example: null,
    description: 'An address that waits to be confirmed. In answers about oneself.',
  })
  pending_email?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: 'A phone number that waits to be confirmed. In answers about oneself.',
  })
  pending_phone_number?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'The administrator who acts as this user in this session. In answers about oneself.',
  })
  impersonated_by?: string | null;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  updated_at!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-01-01T00:00:00.000Z' })
  last_login_at!: string | null;

  static from(
    user: UserRecord,
    own?: PendingChanges & { readonly impersonatedBy: string | null },
  ): UserResponse {
    return {
      id: user.id,
      name: user.name,
      first_name: user.firstName,
      last_name: user.lastName,
      email: user.email,
      email_verified: user.emailVerified,
      username: user.username,
      phone_number: user.phoneNumber,
      phone_number_verified: user.phoneNumberVerified,
      avatar: user.avatar,
      biography: user.biography,
      locale: user.locale,
      active: user.active,
      is_super_admin: user.isSuperAdmin,
      has_password: user.passwordHash !== null,
      ...(own && {
        pending_email: own.email,
        pending_phone_number: own.phoneNumber,
        impersonated_by: own.impersonatedBy,
      }),
      created_at: user.createdAt.toISOString(),
      updated_at: user.updatedAt.toISOString(),
      last_login_at: user.lastLoginAt?.toISOString() ?? null,
    };
  }
}

/** A field that is left out stays as it is; `null` clears it. */
export class UpdateProfileRequest {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200, example: 'Ada Lovelace' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 100, example: 'Ada' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  first_name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 100, example: 'Lovelace' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  last_name?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 2048,
    example: 'https://example.com/ada.png',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2048)
  @IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false })
  avatar?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 2000,
    example: 'Writes programs for engines.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  biography?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 35, example: 'en-GB' })
  @IsOptional()
  @IsString()
  @MaxLength(35)
  @Matches(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, {
    message: '$property must be a language tag such as en-GB',
  })
  locale?: string | null;

  // A username is changed and never cleared: unlike above, null is refused.
  @ApiPropertyOptional({ type: String, minLength: 3, maxLength: 30, example: 'ada.lovelace' })
  @IfGiven()
  @IsString()
  @MaxLength(100)
  username?: string;

  static changesOf(request: UpdateProfileRequest): ProfileChanges {
    const { name, first_name: firstName, last_name: lastName, avatar, biography, locale } = request;
    return { name, firstName, lastName, avatar, biography, locale };
  }
}

export class DeleteAccountRequest {
  @PasswordProperty({
    required: false,
    description: 'Needed unless the sign-in is younger than ten minutes.',
  })
  password?: string;
}

/** Exactly one field. */
export class AvailabilityQuery {
  @UsernameProperty({ required: false })
  username?: string;

  @EmailProperty({ required: false, description: 'Where the host has opted in.' })
  email?: string;

  @PhoneNumberProperty({ required: false, description: 'Where the host has opted in.' })
  phone_number?: string;

  @ApiPropertyOptional({
    maxLength: 63,
    example: 'analytical-engines',
    description: 'With the module `organization`.',
  })
  @IfGiven()
  @IsString()
  @MaxLength(63)
  organization_slug?: string;
}

export class AvailabilityResponse {
  @ApiProperty({ example: true })
  available!: boolean;
}
