import { Controller, Get, Headers, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type HttpResponse, setHeader, setStatus } from '../../../shared/http/response.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { Public } from '../http/public.decorator.js';
import type { JwkSet } from './signing-keys.js';

export class JwkSetResponse {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    example: [
      {
        kty: 'EC',
        crv: 'P-256',
        x: '…',
        y: '…',
        kid: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
        use: 'sig',
        alg: 'ES256',
      },
    ],
  })
  keys!: object[];
}

/** The public keys (RFC 7517). */
@ApiTags('keys')
@Public()
@Controller('.well-known')
export class JwksController {
  constructor(private readonly options: ResolvedCoreOptions) {}

  @Get('jwks.json')
  @ApiOperation({
    operationId: 'core_getJwks',
    summary: 'Public keys that tokens are verified with',
    security: [],
  })
  @ApiResponse({ status: 200, type: JwkSetResponse })
  @ApiResponse({ status: 304, description: 'Unchanged since the ETag that was sent.' })
  get(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) response: HttpResponse,
  ): JwkSet | undefined {
    const { jwks, jwksEtag } = this.options.signingKeys;
    setHeader(response, 'ETag', jwksEtag);
    setHeader(response, 'Cache-Control', 'public, max-age=300');
    if (known !== undefined && names(known, jwksEtag)) {
      setStatus(response, HttpStatus.NOT_MODIFIED);
      return undefined;
    }
    return jwks;
  }
}

/** Weak comparison (RFC 9110 section 13.1.2). */
function names(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
