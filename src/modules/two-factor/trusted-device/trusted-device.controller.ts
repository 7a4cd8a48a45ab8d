import { Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  accountOf,
  ApiProblems,
  AuthController,
  Authenticated,
  Client,
  CurrentUser,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { OwnDevices } from './own-devices.js';
import type { TrustedDeviceRecord } from './trusted-device.js';

export class TrustedDeviceResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Ada’s laptop' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0' })
  user_agent!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  ip_address!: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T00:00:00.000Z', description: 'The last sign-in.' })
  last_used_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T00:00:00.000Z' })
  expires_at!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  created_at!: string;

  static from(device: TrustedDeviceRecord): TrustedDeviceResponse {
    return {
      id: device.id,
      name: device.name,
      user_agent: device.userAgent,
      ip_address: device.ipAddress,
      last_used_at: device.lastUsedAt.toISOString(),
      expires_at: device.expiresAt.toISOString(),
      created_at: device.createdAt.toISOString(),
    };
  }
}

/** Devices on which one is not asked for a second factor. */
@AuthController('me/devices', 'Two-factor')
@Authenticated()
export class TrustedDeviceController {
  constructor(private readonly devices: OwnDevices) {}

  @Get()
  @ApiOperation({
    operationId: 'two_factor_listDevices',
    summary: 'List one’s trusted devices',
    description: 'Sortable by `created_at`, `last_used_at` and `expires_at`.',
  })
  @ApiPage(TrustedDeviceResponse)
  async list(
    @CurrentUser() principal: Principal,
    @QueryInput() query: ListingQuery,
  ): Promise<Page<TrustedDeviceResponse>> {
    const page = await this.devices.list(accountOf(principal), query);
    return mapPage(page, (device) => TrustedDeviceResponse.from(device));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'two_factor_forgetDevices', summary: 'Trust no device any more' })
  @ApiNoContentResponse()
  @ApiProblems(GeneralErrors.csrf)
  async forgetAll(@CurrentUser() principal: Principal, @Client() client: ClientInfo): Promise<void> {
    await this.devices.forgetAll(accountOf(principal), client);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'two_factor_forgetDevice', summary: 'Trust one device no more' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(TwoFactorErrors.device_not_found, GeneralErrors.csrf)
  async forget(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.devices.forget(accountOf(principal), id, client);
  }
}
