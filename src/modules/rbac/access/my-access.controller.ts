import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AuthController, Authenticated, CurrentUser, type Principal } from '../../core/index.js';
import { Entitlements } from '../entitlement/entitlements.js';
import { Authorities } from './authorities.js';
import { MyEntitlementsResponse, MyRolesResponse } from './my-access.dto.js';

/** What one may do oneself. */
@AuthController('me', 'Roles')
@Authenticated()
export class MyAccessController {
  constructor(
    private readonly authorities: Authorities,
    private readonly entitlements: Entitlements,
  ) {}

  @Get('roles')
  @ApiOperation({
    operationId: 'rbac_listMyRoles',
    summary: 'List one’s roles and permissions',
    description: 'On the platform, as they are now.',
  })
  @ApiOkResponse({ type: MyRolesResponse })
  async listRoles(@CurrentUser() principal: Principal): Promise<MyRolesResponse> {
    return MyRolesResponse.from(await this.authorities.current(principal));
  }

  @Get('entitlements')
  @ApiOperation({
    operationId: 'rbac_listMyEntitlements',
    summary: 'List one’s entitlements',
    description: 'As they are now.',
  })
  @ApiOkResponse({ type: MyEntitlementsResponse })
  async listEntitlements(@CurrentUser() principal: Principal): Promise<MyEntitlementsResponse> {
    return MyEntitlementsResponse.from(await this.entitlements.of(principal.userId));
  }
}
