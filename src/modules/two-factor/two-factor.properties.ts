import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '../../shared/http/if-given.decorator.js';
import { TWO_FACTOR_METHODS } from './factor/two-factor.js';

export const SECOND_FACTORS = [...TWO_FACTOR_METHODS, 'backup_code'] as const;

interface Requirement {
  /** @default true */
  readonly required?: boolean;
}

/** A method of a request. */
export function SecondFactorProperty({ required = true }: Requirement = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ enum: SECOND_FACTORS, example: 'totp', required }),
    ...(required ? [] : [IfGiven()]),
    IsIn(SECOND_FACTORS),
  );
}

/** A code of any method: six digits, or a backup code. */
export function FactorCodeProperty({ required = true }: Requirement = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, minLength: 6, maxLength: 40, example: '048213', required }),
    ...(required ? [] : [IfGiven()]),
    IsString(),
    Length(6, 40),
  );
}

export function ChallengeTokenProperty(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ maxLength: 100, example: 'rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8' }),
    IsString(),
    Length(1, 100),
  );
}

export function TrustDeviceProperty(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: Boolean,
      required: false,
      default: false,
      example: true,
      description: 'Do not ask for a second factor on this device for some time.',
    }),
    IfGiven(),
    IsBoolean(),
  );
}

/** What a trusted device is called in lists. */
export function DeviceNameProperty(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, required: false, maxLength: 100, example: 'Ada’s laptop' }),
    IfGiven(),
    IsString(),
    Length(1, 100),
    Matches(/^[^\p{Cc}]*$/u, { message: '$property must not hold control characters' }),
  );
}
