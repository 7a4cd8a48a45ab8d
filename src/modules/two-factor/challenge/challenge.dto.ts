import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ChallengeResponse, CodeProperty, TokenResponse } from '../../core/index.js';
import { FactorBody, MethodBody } from '../two-factor.dto.js';
import { ChallengeTokenProperty, DeviceNameProperty, TrustDeviceProperty } from '../two-factor.properties.js';
import type { DeviceTrust } from './challenges.js';

export class ChallengeBody {
  @ChallengeTokenProperty()
  challenge_token!: string;
}

export class SendChallengeBody extends MethodBody {
  @ChallengeTokenProperty()
  challenge_token!: string;
}

export class VerifyChallengeBody extends FactorBody {
  @ChallengeTokenProperty()
  challenge_token!: string;

  @TrustDeviceProperty()
  trust_device?: boolean;

  @DeviceNameProperty()
  device_name?: string;
}

export class ConfirmChallengeBody {
  @ChallengeTokenProperty()
  challenge_token!: string;

  @CodeProperty()
  code!: string;

  @TrustDeviceProperty()
  trust_device?: boolean;

  @DeviceNameProperty()
  device_name?: string;
}

export function deviceTrustOf(body: Pick<VerifyChallengeBody, 'trust_device' | 'device_name'>): DeviceTrust {
  return { trust: body.trust_device ?? false, name: body.device_name ?? null };
}

/** A sign-in that a second factor has completed. */
export class TwoFactorTokenResponse extends TokenResponse {
  @ApiPropertyOptional({
    example: 'rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8',
    description:
      'Where the device is to be trusted: sent as the header `Castellan-Device` with later sign-ins. Absent where cookies alone carry tokens.',
  })
  device_token?: string;

  @ApiPropertyOptional({
    type: 'integer',
    example: 2_592_000,
    description: 'Seconds that the device is trusted.',
  })
  device_expires_in?: number;
}

function BackupCodesProperty(): PropertyDecorator {
  return ApiProperty({
    type: [String],
    nullable: true,
    example: ['7K2QF-M0XD9-TRA4W-C8HJN'],
    description: 'Ten, shown this once; each works once.',
  });
}

/** A sign-in that was completed by setting up a second factor. */
export class EnrolledTokenResponse extends TwoFactorTokenResponse {
  @BackupCodesProperty()
  backup_codes!: string[] | null;
}

/** The same where another challenge follows. */
export class EnrolledChallengeResponse extends ChallengeResponse {
  @BackupCodesProperty()
  backup_codes!: string[] | null;
}
