import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsString, IsUUID, Length, Matches, MaxLength, MinLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { MAX_EMAIL_LENGTH } from './email-address.js';
import { MAX_PHONE_NUMBER_LENGTH } from './phone-number.js';
import { MAX_USERNAME_LENGTH, MIN_USERNAME_LENGTH, USERNAME_PATTERN } from './username.js';

interface PropertyOptions {
  /** @default true */
  readonly required?: boolean;
  readonly description?: string;
}

/** An email address in a request; `parseEmailAddress` judges it. */
export function EmailProperty({ required = true, description }: PropertyOptions = {}): PropertyDecorator {
  return property(
    {
      type: String,
      format: 'email',
      maxLength: MAX_EMAIL_LENGTH,
      example: 'ada@example.com',
      required,
      description,
    },
    IsString(),
    MinLength(1),
    // Longer than any address: spaces around it do not count.
    MaxLength(2 * MAX_EMAIL_LENGTH),
  );
}

/** A phone number in a request; `parsePhoneNumber` judges it. */
export function PhoneNumberProperty({
  required = true,
  description,
}: PropertyOptions = {}): PropertyDecorator {
  return property(
    { type: String, maxLength: MAX_PHONE_NUMBER_LENGTH, example: '+41446681800', required, description },
    IsString(),
    MinLength(1),
    MaxLength(MAX_PHONE_NUMBER_LENGTH),
  );
}

/** A username in a request; `parseUsername` judges it. */
export function UsernameProperty({ required = true, description }: PropertyOptions = {}): PropertyDecorator {
  return property(
    {
      type: String,
      minLength: MIN_USERNAME_LENGTH,
      maxLength: MAX_USERNAME_LENGTH,
      pattern: USERNAME_PATTERN.source,
      example: 'ada.lovelace',
      required,
      description,
    },
    IsString(),
    MinLength(1),
    MaxLength(100),
  );
}

/** The token of a link. */
export function LinkTokenProperty({ required = true, description }: PropertyOptions = {}): PropertyDecorator {
  return property(
    {
      type: String,
      maxLength: 100,
      example: 'rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8',
      required,
      description,
    },
    IsString(),
    Length(1, 100),
  );
}

/** A six-digit code, always a string: a number would lose its leading zeros. */
export function CodeProperty({ required = true, description }: PropertyOptions = {}): PropertyDecorator {
  return property(
    { type: String, pattern: '^[0-9]{6}$', example: '048213', required, description },
    IsString(),
    Matches(/^[0-9]{6}$/, { message: '$property must be six digits' }),
  );
}

/** What a session is called in lists. */
export function DeviceNameProperty(): PropertyDecorator {
  return property(
    {
      type: String,
      minLength: 1,
      maxLength: 100,
      example: 'Ada’s laptop',
      required: false,
      description: 'What the session is called in lists.',
    },
    IsString(),
    Length(1, 100),
    Matches(/^[^\p{Cc}]*$/u, { message: '$property must not hold control characters' }),
  );
}

/** The language of messages. */
export function LocaleProperty(): PropertyDecorator {
  return property(
    {
      type: String,
      maxLength: 35,
      example: 'en-GB',
      required: false,
      description: 'BCP 47; the language of messages.',
    },
    IsString(),
    MaxLength(35),
    Matches(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, {
      message: '$property must be a language tag such as en-GB',
    }),
  );
}

/** The id of a sign-up that waits for its confirmation. */
export function RegistrationIdProperty({
  required = true,
  description,
}: PropertyOptions = {}): PropertyDecorator {
  return property(
    { type: String, format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057', required, description },
    IsUUID(),
  );
}

/**
 * A password in a request. The policy judges it; the limit here is that of the policy in the widest form of a text that NFC shortens.
 */
export function PasswordProperty({ required = true, description }: PropertyOptions = {}): PropertyDecorator {
  return property(
    {
      type: String,
      format: 'password',
      minLength: 1,
      maxLength: 128,
      example: 'a gatehouse of 7 towers',
      required,
      description,
    },
    IsString(),
    MinLength(1),
    MaxLength(512),
  );
}

function property(
  documentation: ApiPropertyOptions & { required: boolean },
  ...rules: PropertyDecorator[]
): PropertyDecorator {
  const optional = documentation.required ? [] : [IfGiven()];
  return applyDecorators(ApiProperty(documentation), ...optional, ...rules);
}
