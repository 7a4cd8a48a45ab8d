import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { MEMBER_ROLES, type MemberRole, type Membership } from '../member/member.js';
import type { OrganizationRecord } from '../organization/organization.js';

const NO_CONTROL = /^[^\p{Cc}]*$/u;
const NAME = { minLength: 1, maxLength: 255, example: 'Analytical Engines' };
const SLUG = {
  pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$',
  minLength: 1,
  maxLength: 63,
  example: 'analytical-engines',
};
const LOGO = { type: String, nullable: true, maxLength: 2048, example: 'https://example.com/logo.png' };
const METADATA = { type: Object, additionalProperties: true, example: { plan: 'team' } };

export class CreateOrganizationBody {
  @ApiProperty(NAME)
  @IsString()
  @Length(1, 255)
  @Matches(NO_CONTROL)
  name!: string;

  @ApiPropertyOptional({ ...SLUG, description: 'Made of the name where it is not given.' })
  @IfGiven()
  @IsString()
  @MaxLength(63)
  slug?: string;

  @ApiPropertyOptional(LOGO)
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(2048)
  logo_url?: string | null;

  @ApiPropertyOptional({ ...METADATA, description: 'Whatever the application wants to keep with it.' })
  @IfGiven()
  @IsObject()
  metadata?: Record<string, unknown>;
}

export class UpdateOrganizationBody {
  @ApiPropertyOptional(NAME)
  @IfGiven()
  @IsString()
  @Length(1, 255)
  @Matches(NO_CONTROL)
  name?: string;

  @ApiPropertyOptional({ ...SLUG, description: 'The old one stays as an alias.' })
  @IfGiven()
  @IsString()
  @MaxLength(63)
  slug?: string;

  @ApiPropertyOptional(LOGO)
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(2048)
  logo_url?: string | null;

  @ApiPropertyOptional({ ...METADATA, description: 'Takes the place of what was there.' })
  @IfGiven()
  @IsObject()
  metadata?: Record<string, unknown>;
}

export class OrganizationsQuery extends ListingQuery {
  @ApiPropertyOptional({ example: 'engine', description: 'Part of the name or the slug, literally.' })
  @IfGiven()
  @IsString()
  @MaxLength(255)
  query?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only those that this account owns.' })
  @IfGiven()
  @IsUUID()
  owner_id?: string;
}

export class OrganizationResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  @ApiProperty({ example: 'Analytical Engines' })
  name!: string;

  @ApiProperty({ example: 'analytical-engines' })
  slug!: string;

  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8058' })
  owner_id!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  logo_url!: string | null;

  @ApiProperty(METADATA)
  metadata!: Readonly<Record<string, unknown>>;

  @ApiProperty({ example: true })
  active!: boolean;

  @ApiProperty({ example: false, description: 'Made with the account of its owner.' })
  personal!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  member_limit!: number | null;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  updated_at!: string | null;

  static from(organization: OrganizationRecord): OrganizationResponse {
    return {
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      owner_id: organization.ownerId,
      logo_url: organization.logoUrl,
      metadata: organization.metadata,
      active: organization.active,
      personal: organization.personal,
      member_limit: organization.memberLimit,
      created_at: organization.createdAt.toISOString(),
      updated_at: organization.updatedAt?.toISOString() ?? null,
    };
  }
}

export class SlugAliasesResponse {
  @ApiProperty({ type: [String], example: ['engines'], description: 'The latest first.' })
  data!: string[];
}

export class SlugResponse {
  @ApiProperty({ example: 'organization', enum: ['organization', 'user'] })
  kind!: 'organization' | 'user';

  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  @ApiProperty({ example: true, description: 'False: a former name.' })
  current!: boolean;
}

export class SwitchOrganizationBody {
  @ApiPropertyOptional({ description: 'Where it is not in a cookie.', example: 'rt_9f…' })
  @IfGiven()
  @IsString()
  @MaxLength(8192)
  refresh_token?: string;
}

export class TransferOwnershipBody {
  @ApiProperty({
    format: 'uuid',
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
    description: 'A member, who becomes the owner.',
  })
  @IsUUID()
  user_id!: string;
}

export class MembershipResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  organization_id!: string;

  @ApiProperty({ example: 'analytical-engines' })
  slug!: string;

  @ApiProperty({ example: 'Analytical Engines' })
  name!: string;

  @ApiProperty({ example: false })
  personal!: boolean;

  @ApiProperty({ example: 'member', enum: MEMBER_ROLES })
  role!: MemberRole;

  @ApiProperty({ type: [String], example: ['billing'], description: 'Roles of the organization’s own.' })
  roles!: string[];

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  joined_at!: string;

  static from({ organizationId, joinedAt, ...membership }: Membership, roles: string[]): MembershipResponse {
    return { organization_id: organizationId, ...membership, roles, joined_at: joinedAt.toISOString() };
  }
}

export class MembershipsResponse {
  @ApiProperty({ type: [MembershipResponse] })
  data!: MembershipResponse[];
}

export class MemberRoleBody {
  @ApiProperty({ enum: MEMBER_ROLES, example: 'admin' })
  @IsIn(MEMBER_ROLES)
  role!: MemberRole;
}
