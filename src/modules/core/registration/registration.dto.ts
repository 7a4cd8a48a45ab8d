import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import {
  EmailProperty,
  LocaleProperty,
  PasswordProperty,
  PhoneNumberProperty,
  UsernameProperty,
} from '../user/identifier-properties.js';
import { UserResponse } from '../user/user.dto.js';
import type { SignUpResult } from './registration.service.js';
import type { SignUpRequest } from './sign-up-form.js';

const NO_CONTROL = /^[^\p{Cc}]*$/u;
const NO_CONTROL_MESSAGE = { message: '$property must not hold control characters' };

/** At least one of `email`, `phone_number` and `username`. */
export class SignUpBody {
  @EmailProperty({ required: false })
  email?: string;

  @PhoneNumberProperty({ required: false })
  phone_number?: string;

  @UsernameProperty({
    required: false,
    description: 'Derived from email address or name where it is left out.',
  })
  username?: string;

  @PasswordProperty()
  password!: string;

  @ApiPropertyOptional({ maxLength: 200, example: 'Ada Lovelace' })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  name?: string;

  @ApiPropertyOptional({ maxLength: 100, example: 'Ada' })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  first_name?: string;

  @ApiPropertyOptional({ maxLength: 100, example: 'Lovelace' })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  last_name?: string;

  @LocaleProperty()
  locale?: string;

  static requestOf(body: SignUpBody): SignUpRequest {
    const {
      email,
      phone_number: phoneNumber,
      username,
      password,
      name,
      first_name: firstName,
      last_name: lastName,
      locale,
    } = body;
    return { email, phoneNumber, username, password, name, firstName, lastName, locale };
  }
}

/** The account exists; signing in is another request. */
export class SignedUpResponse {
  @ApiProperty({ type: UserResponse })
  user!: UserResponse;
}

/** There is no account before the address is proven. The same for addresses that are free and that are taken. */
export class VerificationRequiredResponse {
  @ApiProperty({ enum: ['verification_required'], example: 'verification_required' })
  status!: 'verification_required';

  @ApiProperty({
    format: 'uuid',
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
    description: 'Goes with the code that was sent.',
  })
  registration_id!: string;

  @ApiProperty({ type: 'integer', example: 86_400, description: 'Seconds that the sign-up waits.' })
  expires_in!: number;
}

export function signUpResponse(result: SignUpResult): SignedUpResponse | VerificationRequiredResponse {
  if (result.status === 'registered') return { user: UserResponse.from(result.user) };
  const { id, createdAt, expiresAt } = result.registration;
  const seconds = Math.floor((expiresAt.getTime() - createdAt.getTime()) / 1000);
  return { status: 'verification_required', registration_id: id, expires_in: seconds };
}
