import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length, Matches, MaxLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { MAX_REDIRECT_LENGTH } from '../../../shared/http/redirect-target.js';
import { DeviceNameProperty, UsernameProperty } from '../../core/index.js';
import type { AccountRecord } from '../account/account.js';
import { AccountResponse } from '../account/account.dto.js';
import type { OAuthProvider } from '../provider/oauth-provider.js';
import { FLOW_MODES, type FlowMode } from './flow.js';

const TOKEN = 'rR0cSq6mVn1Yb0M9yqGkU1c2o8C2cJ0Ew6d3c0s5bE8';

/** What can be asked for at the beginning, by a link or by a request. */
export class StartQuery {
  @ApiPropertyOptional({
    enum: FLOW_MODES,
    default: 'redirect',
    description:
      'How the result arrives: the browser is sent to `redirect_to` with a one-time `code`; a popup posts it to its opener of the origin of `redirect_to`; or the callback’s answer is the result.',
  })
  @IfGiven()
  @IsIn(FLOW_MODES)
  mode?: FlowMode;

  @ApiPropertyOptional({
    maxLength: MAX_REDIRECT_LENGTH,
    example: 'https://app.example.com/signed-in',
    description:
      'On the allow-list. In the mode `json`, an address of the client’s own that is registered with the provider, where it takes the provider’s answer itself.',
  })
  @IfGiven()
  @IsString()
  @MaxLength(MAX_REDIRECT_LENGTH)
  redirect_to?: string;

  @UsernameProperty({
    required: false,
    description: 'For a new account; else one is derived from the profile.',
  })
  username?: string;

  @DeviceNameProperty()
  device_name?: string;

  @ApiPropertyOptional({
    pattern: '^[A-Za-z0-9_-]{43}$',
    example: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    description: 'The client’s own PKCE (RFC 7636, S256): the result is given against the verifier alone.',
  })
  @IfGiven()
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{43}$/, { message: '$property must be a SHA-256 in base64url' })
  code_challenge?: string;
}

export class AuthorizeBody extends StartQuery {
  @ApiPropertyOptional({
    default: false,
    example: false,
    description: 'Links the provider’s account to the signed-in user, within ten minutes of signing in.',
  })
  @IfGiven()
  @IsBoolean()
  link?: boolean;
}

export class AuthorizeResponse {
  @ApiProperty({ format: 'uri', example: 'https://github.com/login/oauth/authorize?client_id=…&state=…' })
  url!: string;

  @ApiProperty({ type: 'integer', example: 600, description: 'Seconds until the sign-in has to be over.' })
  state_expires_in!: number;
}

/** RFC 7636 section 4.1 */
function CodeVerifierProperty(): PropertyDecorator {
  return (target, key) => {
    ApiPropertyOptional({
      pattern: '^[A-Za-z0-9._~-]{43,128}$',
      example: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
      description: 'Where the sign-in began with a `code_challenge`.',
    })(target, key);
    IfGiven()(target, key);
    IsString()(target, key);
    Matches(/^[A-Za-z0-9._~-]{43,128}$/, { message: '$property must be a code verifier' })(target, key);
  };
}

export class ExchangeBody {
  @ApiProperty({ maxLength: 100, example: TOKEN, description: 'From the redirect or the popup’s message.' })
  @IsString()
  @Length(1, 100)
  code!: string;

  @CodeVerifierProperty()
  code_verifier?: string;
}

export class CaughtAnswerBody {
  @ApiProperty({ maxLength: 8192, example: '4/0AX4XfWh…', description: 'The provider’s code.' })
  @IsString()
  @Length(1, 8192)
  code!: string;

  @ApiProperty({ maxLength: 100, example: TOKEN })
  @IsString()
  @Length(1, 100)
  state!: string;

  @ApiPropertyOptional({
    maxLength: 512,
    example: 'https://accounts.google.com',
    description: 'RFC 9207, where the provider sent it.',
  })
  @IfGiven()
  @IsString()
  @Length(1, 512)
  iss?: string;

  @CodeVerifierProperty()
  code_verifier?: string;
}

/** A provider's account has been linked to the signed-in user. */
export class LinkedResponse {
  @ApiProperty({ enum: ['linked'], example: 'linked' })
  status!: 'linked';

  @ApiProperty({ type: AccountResponse })
  account!: AccountResponse;

  static from(account: AccountRecord): LinkedResponse {
    return { status: 'linked', account: AccountResponse.from(account) };
  }
}

export class ProviderResponse {
  @ApiProperty({ example: 'github' })
  id!: string;

  @ApiProperty({ example: 'GitHub', description: 'For a button.' })
  name!: string;
}

export class ProvidersResponse {
  @ApiProperty({ type: [ProviderResponse] })
  data!: ProviderResponse[];

  static from(providers: readonly OAuthProvider[]): ProvidersResponse {
    return { data: providers.map(({ id, name }) => ({ id, name })) };
  }
}
