import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PasswordProperty } from '../core/index.js';
import { type CodeAddress, maskAddress, type SentCode } from './factor/sent-codes.js';
import { TWO_FACTOR_METHODS, type TwoFactorMethod, type TwoFactorRecord } from './factor/two-factor.js';
import type { GivenProof } from './ownership-proof.js';
import type { StepUp } from './step-up.service.js';
import type { SecondFactor } from './two-factor.events.js';
import type { TwoFactorState } from './two-factor-status.js';
import { FactorCodeProperty, SecondFactorProperty } from './two-factor.properties.js';

/** `password`, or `method` and `code`. */
export class OwnershipBody implements GivenProof {
  @PasswordProperty({ required: false })
  password?: string;

  @SecondFactorProperty({ required: false })
  method?: SecondFactor;

  @FactorCodeProperty({ required: false })
  code?: string;
}

export class MethodBody {
  @SecondFactorProperty()
  method!: SecondFactor;
}

export class FactorBody {
  @SecondFactorProperty()
  method!: SecondFactor;

  @FactorCodeProperty()
  code!: string;
}

/** A method that is set up. */
export class TwoFactorMethodResponse {
  @ApiProperty({ enum: TWO_FACTOR_METHODS, example: 'sms' })
  method!: TwoFactorMethod;

  @ApiPropertyOptional({ example: '•••• 1800', description: 'Where text messages go.' })
  to?: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  confirmed_at!: string;

  static from({ method, phoneNumber, confirmedAt, createdAt }: TwoFactorRecord): TwoFactorMethodResponse {
    return {
      method,
      ...(phoneNumber === null ? {} : { to: maskAddress({ method: 'sms', to: phoneNumber }) }),
      confirmed_at: (confirmedAt ?? createdAt).toISOString(),
    };
  }
}

export class TwoFactorResponse {
  @ApiProperty({ enum: ['off', 'optional', 'required'], example: 'optional' })
  policy!: TwoFactorState['policy'];

  @ApiProperty({ example: true, description: 'Whether a second factor is set up.' })
  enabled!: boolean;

  @ApiProperty({ type: [TwoFactorMethodResponse] })
  methods!: TwoFactorMethodResponse[];

  @ApiProperty({ type: 'integer', minimum: 0, example: 10 })
  backup_codes_left!: number;

  static from({ policy, enabled, backupCodesLeft }: TwoFactorState): TwoFactorResponse {
    return {
      policy,
      enabled: enabled.length > 0,
      methods: enabled.map((factor) => TwoFactorMethodResponse.from(factor)),
      backup_codes_left: backupCodesLeft,
    };
  }
}

export class BackupCodesResponse {
  @ApiProperty({
    type: [String],
    example: ['7K2QF-M0XD9-TRA4W-C8HJN'],
    description: 'Ten; shown this once. Each works once.',
  })
  backup_codes!: string[];

  static from(codes: readonly string[]): BackupCodesResponse {
    return { backup_codes: [...codes] };
  }
}

export class SentCodeResponse {
  @ApiProperty({ enum: ['sent'], example: 'sent' })
  status!: 'sent';

  @ApiProperty({ example: '•••• 1800', description: 'Enough of the address to know it by.' })
  to!: CodeAddress['to'];

  @ApiProperty({ type: 'integer', example: 600, description: 'Seconds that the code is good.' })
  expires_in!: number;

  static from({ to, expiresIn }: SentCode): SentCodeResponse {
    return { status: 'sent', to, expires_in: expiresIn };
  }
}

export class StepUpResponse {
  @ApiProperty({ type: 'integer', example: 1_767_225_600, description: 'Seconds since the epoch.' })
  auth_time!: number;

  @ApiProperty({ type: [String], example: ['pwd', 'otp', 'mfa'] })
  amr!: string[];

  @ApiProperty({ enum: ['aal1', 'aal2'], example: 'aal2' })
  acr!: string;

  @ApiProperty({
    example: false,
    description: 'Whether the access token at hand still says what it said before: refresh it.',
  })
  refresh_required!: boolean;

  static from({ authenticatedAt, methods, level, refreshRequired }: StepUp): StepUpResponse {
    return {
      auth_time: Math.floor(authenticatedAt.getTime() / 1000),
      amr: [...methods],
      acr: level,
      refresh_required: refreshRequired,
    };
  }
}
