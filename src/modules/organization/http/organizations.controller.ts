import { Delete, Get, HttpCode, Param, Patch, Post, UseGuards } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CurrentUser,
  type Principal,
  QueryInput,
  RateLimit,
} from '../../core/index.js';
import { assertNotElsewhere } from '../access/organization-source.js';
import { OwnOrganizationGuard } from '../access/own-organization.guard.js';
import { OrganizationErrors } from '../organization.errors.js';
import { OrganizationService } from '../organization/organization.service.js';
import { OwnOrganizations } from '../organization/own-organizations.service.js';
import {
  CreateOrganizationBody,
  OrganizationResponse,
  OrganizationsQuery,
  SlugAliasesResponse,
  UpdateOrganizationBody,
} from './organization.dto.js';

/** Deleting needs a proof of identity this recent. */
const RECENT_MS = 15 * 60_000;
const { invalid_slug, slug_reserved, metadata_too_large } = OrganizationErrors;
const GIVEN = [invalid_slug, slug_reserved, metadata_too_large] as const;
const TAKEN = [OrganizationErrors.slug_taken, OrganizationErrors.owner_slug_taken] as const;

// Above the others: guards run from the lowest decorator up.
@UseGuards(OwnOrganizationGuard)
@AuthController('organizations', 'Organizations')
@Authenticated()
export class OrganizationsController {
  constructor(
    private readonly organizations: OrganizationService,
    private readonly own: OwnOrganizations,
  ) {}

  @Post()
  @RateLimit({ name: 'organization_create', limit: 30, windowMs: 3_600_000, by: 'address' })
  @ApiOperation({
    operationId: 'organization_createOrganization',
    summary: 'Make an organization',
    description: 'Whoever makes it owns it.',
  })
  @ApiCreatedResponse({ type: OrganizationResponse })
  @ApiProblems(...GIVEN, ...TAKEN, OrganizationErrors.creation_disabled)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async create(
    @BodyInput() body: CreateOrganizationBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<OrganizationResponse> {
    const { logo_url: logoUrl, ...rest } = body;
    return OrganizationResponse.from(await this.own.create(principal.userId, { ...rest, logoUrl }, client));
  }

  @Get()
  @ApiOperation({
    operationId: 'organization_listOrganizations',
    summary: 'List the organizations that one belongs to',
    description: 'Sortable by `created_at` and `name`.',
  })
  @ApiPage(OrganizationResponse)
  async list(
    @QueryInput() { query, owner_id, ...options }: OrganizationsQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<OrganizationResponse>> {
    const filter = { memberId: principal.userId, ownerId: owner_id, query };
    return mapPage(await this.organizations.list(options, filter), (row) => OrganizationResponse.from(row));
  }

  @Get('by-slug/:slug')
  @ApiOperation({
    operationId: 'organization_getOrganizationBySlug',
    summary: 'Get an organization by its slug',
    description: 'Former slugs lead to it too.',
  })
  @ApiParam({ name: 'slug', example: 'analytical-engines' })
  @ApiOkResponse({ type: OrganizationResponse })
  @ApiProblems(OrganizationErrors.not_found, OrganizationErrors.other_organization)
  async getBySlug(
    @Param('slug') slug: string,
    @CurrentUser() principal: Principal,
  ): Promise<OrganizationResponse> {
    const organization = await this.organizations.getBySlug(principal.userId, slug);
    // No guard can tell by a slug. After the membership: to others the organization does not exist.
    assertNotElsewhere(principal, organization.id);
    return OrganizationResponse.from(organization);
  }

  @Get(':organization_id')
  @ApiOperation({ operationId: 'organization_getOrganization', summary: 'Get an organization' })
  @ApiParam({ name: 'organization_id', format: 'uuid' })
  @ApiOkResponse({ type: OrganizationResponse })
  @ApiProblems(OrganizationErrors.not_found, OrganizationErrors.other_organization)
  async get(
    @Param('organization_id') id: string,
    @CurrentUser() principal: Principal,
  ): Promise<OrganizationResponse> {
    return OrganizationResponse.from(await this.organizations.get(principal.userId, id));
  }

  @Patch(':organization_id')
  @ApiOperation({ operationId: 'organization_updateOrganization', summary: 'Change an organization' })
  @ApiParam({ name: 'organization_id', format: 'uuid' })
  @ApiOkResponse({ type: OrganizationResponse })
  @ApiProblems(OrganizationErrors.not_found, OrganizationErrors.other_organization)
  @ApiProblems(OrganizationErrors.forbidden, OrganizationErrors.personal_locked)
  @ApiProblems(...GIVEN, ...TAKEN, GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async update(
    @Param('organization_id') id: string,
    @BodyInput() { logo_url: logoUrl, ...changes }: UpdateOrganizationBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<OrganizationResponse> {
    return OrganizationResponse.from(
      await this.organizations.update(principal.userId, id, { ...changes, logoUrl }, client),
    );
  }

  @Delete(':organization_id')
  @HttpCode(204)
  @Authenticated({ recentAuthMs: RECENT_MS })
  @ApiOperation({
    operationId: 'organization_deleteOrganization',
    summary: 'Delete an organization',
    description: 'With its members, roles, teams and invitations. Its owners may.',
  })
  @ApiParam({ name: 'organization_id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(OrganizationErrors.not_found, OrganizationErrors.other_organization)
  @ApiProblems(OrganizationErrors.forbidden, OrganizationErrors.personal_locked)
  @ApiProblems(GeneralErrors.csrf)
  async delete(
    @Param('organization_id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.own.delete(principal.userId, id, client);
  }

  @Get(':organization_id/aliases')
  @ApiOperation({
    operationId: 'organization_listAliases',
    summary: 'List the former slugs of an organization',
  })
  @ApiParam({ name: 'organization_id', format: 'uuid' })
  @ApiOkResponse({ type: SlugAliasesResponse })
  @ApiProblems(OrganizationErrors.not_found, OrganizationErrors.other_organization)
  async aliases(
    @Param('organization_id') id: string,
    @CurrentUser() principal: Principal,
  ): Promise<SlugAliasesResponse> {
    return { data: await this.organizations.aliases(principal.userId, id) };
  }
}
