import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CodeProperty,
  EmailProperty,
  LinkTokenProperty,
  PasswordProperty,
  PhoneNumberProperty,
  RegistrationIdProperty,
  UsernameProperty,
} from '../user/identifier-properties.js';
import { UserResponse } from '../user/user.dto.js';
import type { AddressConfirmation, AddressProof } from './address-verification.service.js';

const OF_SIGN_UP = 'Of a sign-up that waits for its confirmation.';
const OF_SIGN_UP_PASSWORD = 'The one that was chosen at sign-up; needed to confirm a sign-up.';
const INSTEAD = 'In place of the one of the sign-up, where somebody else has taken that meanwhile.';

export class RequestEmailVerificationBody {
  @EmailProperty()
  email!: string;

  @RegistrationIdProperty({ required: false, description: OF_SIGN_UP })
  registration_id?: string;
}

export class RequestPhoneVerificationBody {
  @PhoneNumberProperty()
  phone_number!: string;

  @RegistrationIdProperty({ required: false, description: OF_SIGN_UP })
  registration_id?: string;
}

/** For an account: `token`, or `email` and `code`. For a sign-up: `token` and `password`, or `registration_id`, `code` and `password`. */
export class ConfirmEmailBody {
  @LinkTokenProperty({ required: false })
  token?: string;

  @EmailProperty({ required: false })
  email?: string;

  @RegistrationIdProperty({ required: false, description: OF_SIGN_UP })
  registration_id?: string;

  @CodeProperty({ required: false })
  code?: string;

  @PasswordProperty({ required: false, description: OF_SIGN_UP_PASSWORD })
  password?: string;

  @UsernameProperty({ required: false, description: INSTEAD })
  username?: string;

  static proofOf({
    token,
    email,
    registration_id: registrationId,
    code,
    password,
    username,
  }: ConfirmEmailBody): AddressProof {
    return { token, email, registrationId, code, password, username };
  }
}

/** For an account: `phone_number` and `code`. For a sign-up: `registration_id`, `code` and `password`. */
export class ConfirmPhoneBody {
  @PhoneNumberProperty({ required: false })
  phone_number?: string;

  @RegistrationIdProperty({ required: false, description: OF_SIGN_UP })
  registration_id?: string;

  @CodeProperty()
  code!: string;

  @PasswordProperty({ required: false, description: OF_SIGN_UP_PASSWORD })
  password?: string;

  @UsernameProperty({ required: false, description: INSTEAD })
  username?: string;

  static proofOf({
    phone_number: phoneNumber,
    registration_id: registrationId,
    code,
    password,
    username,
  }: ConfirmPhoneBody): AddressProof {
    return { phoneNumber, registrationId, code, password, username };
  }
}

export class AddressConfirmationResponse {
  @ApiProperty({
    enum: ['verified', 'registered'],
    example: 'verified',
    description: '`registered`: a sign-up has become an account.',
  })
  status!: 'verified' | 'registered';

  @ApiPropertyOptional({ type: UserResponse, description: 'The new account.' })
  user?: UserResponse;

  static from({ status, user }: AddressConfirmation): AddressConfirmationResponse {
    return user ? { status, user: UserResponse.from(user) } : { status };
  }
}

export class ChangeEmailBody {
  @EmailProperty()
  email!: string;

  @PasswordProperty({
    required: false,
    description: 'Needed unless the sign-in is younger than ten minutes.',
  })
  password?: string;
}

/** `token`, from wherever the link is opened; or `code`, signed in. */
export class ConfirmEmailChangeBody {
  @LinkTokenProperty({ required: false })
  token?: string;

  @CodeProperty({ required: false })
  code?: string;
}

export class ChangePhoneBody {
  @PhoneNumberProperty()
  phone_number!: string;

  @PasswordProperty({
    required: false,
    description: 'Needed unless the sign-in is younger than ten minutes.',
  })
  password?: string;
}

export class ConfirmPhoneChangeBody {
  @CodeProperty()
  code!: string;
}

export class RemoveAddressBody {
  @PasswordProperty({
    required: false,
    description: 'Needed unless the sign-in is younger than ten minutes.',
  })
  password?: string;
}

/** The address that an account has now. */
export class EmailChangedResponse {
  @ApiProperty({ format: 'email', example: 'ada@example.com' })
  email!: string;
}
