import { Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { ApiProblems, AuthController, Authenticated, CurrentUser, type Principal } from '../../core/index.js';
import { MembershipListing } from '../member/membership-listing.service.js';
import { OrganizationErrors } from '../organization.errors.js';
import { OrganizationSlugs } from '../slug/organization-slugs.js';
import {
  MembershipResponse,
  MembershipsResponse,
  SlugAliasesResponse,
  SlugResponse,
} from './organization.dto.js';

@AuthController('', 'Organizations')
@Authenticated()
export class OwnMembershipsController {
  constructor(
    private readonly memberships: MembershipListing,
    private readonly slugs: OrganizationSlugs,
  ) {}

  @Get('me/organizations')
  @ApiOperation({
    operationId: 'organization_listOwnMemberships',
    summary: 'List one’s memberships with their roles',
  })
  @ApiOkResponse({ type: MembershipsResponse })
  async list(@CurrentUser() principal: Principal): Promise<MembershipsResponse> {
    const found = await this.memberships.listUserOrgMembershipsAndRoles(principal.userId);
    return { data: found.map(({ membership, roles }) => MembershipResponse.from(membership, roles)) };
  }

  @Get('me/aliases')
  @ApiOperation({ operationId: 'organization_listOwnAliases', summary: 'List one’s former usernames' })
  @ApiOkResponse({ type: SlugAliasesResponse })
  async aliases(@CurrentUser() principal: Principal): Promise<SlugAliasesResponse> {
    return { data: await this.slugs.aliases('user', principal.userId) };
  }

  @Get('slugs/users/:slug')
  @ApiOperation({
    operationId: 'organization_resolveUserSlug',
    summary: 'Find whose username it is, or was',
  })
  @ApiParam({ name: 'slug', example: 'ada.lovelace' })
  @ApiOkResponse({ type: SlugResponse })
  @ApiProblems(OrganizationErrors.slug_not_found)
  async resolve(@Param('slug') slug: string): Promise<SlugResponse> {
    const found = await this.slugs.find('user', slug);
    assertThat(found?.kind === 'user', OrganizationErrors.slug_not_found);
    return { kind: found.kind, id: found.ownerId, current: found.current };
  }
}
