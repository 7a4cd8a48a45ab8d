import { ApiProperty } from '@nestjs/swagger';
import { CodeProperty, PasswordProperty, PhoneNumberProperty } from '../core/index.js';
import type { TotpEnrolment } from './factor/totp-enrolment.service.js';
import { TWO_FACTOR_METHODS, type TwoFactorMethod } from './factor/two-factor.js';

const RECENTLY = 'Needed unless one has proven within ten minutes who one is.';

export class EnrolBody {
  @PasswordProperty({ required: false, description: RECENTLY })
  password?: string;
}

export class EnrolSmsBody extends EnrolBody {
  @PhoneNumberProperty({ description: 'Need not be the account’s own.' })
  phone_number!: string;
}

export class ConfirmBody {
  @CodeProperty()
  code!: string;
}

/** What an authenticator app needs; shown this once. */
export class TotpEnrolmentResponse {
  @ApiProperty({ example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', description: 'Base32, to be typed.' })
  secret!: string;

  @ApiProperty({
    example:
      'otpauth://totp/Castellan:ada%40example.com?issuer=Castellan&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&algorithm=SHA1&digits=6&period=30',
  })
  otpauth_url!: string;

  @ApiProperty({ example: 'data:image/png;base64,iVBORw0KGgo=', description: 'The URL as a QR code.' })
  qr_code!: string;

  @ApiProperty({
    type: 'integer',
    example: 600,
    description: 'Seconds that the secret waits for its first code.',
  })
  expires_in!: number;

  static from({ secret, otpauthUrl, qrCode, expiresIn }: TotpEnrolment): TotpEnrolmentResponse {
    return { secret, otpauth_url: otpauthUrl, qr_code: qrCode, expires_in: expiresIn };
  }
}

export class EnabledResponse {
  @ApiProperty({ enum: TWO_FACTOR_METHODS, example: 'totp' })
  method!: TwoFactorMethod;

  @ApiProperty({ enum: [true], example: true })
  enabled!: true;

  @ApiProperty({
    type: [String],
    nullable: true,
    example: ['7K2QF-M0XD9-TRA4W-C8HJN'],
    description: 'Ten, shown this once; each works once. Null where there are some from another method.',
  })
  backup_codes!: string[] | null;

  static from(method: TwoFactorMethod, codes: readonly string[] | null): EnabledResponse {
    return { method, enabled: true, backup_codes: codes && [...codes] };
  }
}
