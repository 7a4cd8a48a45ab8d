import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import {
  CodeProperty,
  EmailProperty,
  LinkTokenProperty,
  PasswordProperty,
  PhoneNumberProperty,
} from '../user/identifier-properties.js';
import type { PasswordResetProof } from './password-reset.service.js';
import type { PasswordChangeRequest } from './password.service.js';

export class ChangePasswordBody {
  @PasswordProperty({ required: false, description: 'Needed where the account has a password.' })
  current_password?: string;

  @PasswordProperty()
  new_password!: string;

  static requestOf({
    current_password: currentPassword,
    new_password: newPassword,
  }: ChangePasswordBody): PasswordChangeRequest {
    return { currentPassword, newPassword };
  }
}

/** Exactly one of `email` and `phone_number`. */
export class ForgotPasswordBody {
  @EmailProperty({ required: false })
  email?: string;

  @PhoneNumberProperty({ required: false })
  phone_number?: string;

  @ApiPropertyOptional({
    default: false,
    example: false,
    description: 'Whether a text message brings a link beside its code.',
  })
  @IfGiven()
  @IsBoolean()
  with_link?: boolean;
}

/** `token`; or `email` and `code`; or `phone_number` and `code`. */
export class ResetPasswordBody {
  @LinkTokenProperty({ required: false })
  token?: string;

  @EmailProperty({ required: false })
  email?: string;

  @PhoneNumberProperty({ required: false })
  phone_number?: string;

  @CodeProperty({ required: false })
  code?: string;

  @PasswordProperty()
  password!: string;

  static proofOf({ token, email, phone_number: phoneNumber, code }: ResetPasswordBody): PasswordResetProof {
    return { token, email, phoneNumber, code };
  }
}
