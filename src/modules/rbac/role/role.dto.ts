import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateIf,
} from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { MAX_PERMISSION_LENGTH, PERMISSION_PATTERN } from '../permission/permission.js';
import {
  MAX_ROLE_DESCRIPTION_LENGTH,
  MAX_ROLE_NAME_LENGTH,
  MAX_ROLE_PERMISSIONS,
  MAX_ROLE_SLUG_LENGTH,
  ROLE_SLUG_PATTERN,
} from './role-input.js';
import type { RoleRecord } from './role.js';

const NO_CONTROL = /^[^\p{Cc}]*$/u;
const NO_CONTROL_MESSAGE = { message: '$property must not hold control characters' };

/** Permissions of a request; organizations have roles with the same. */
export function PermissionsProperty({ required }: { required: boolean }): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: [String],
      required,
      maxItems: MAX_ROLE_PERMISSIONS,
      example: ['invoices:read', 'orders:*'],
      description: '`resource:action`; `*` stands for every name of its part.',
    }),
    ValidateIf((_, value) => required || value !== undefined),
    IsArray(),
    ArrayMaxSize(MAX_ROLE_PERMISSIONS),
    IsString({ each: true }),
    MaxLength(MAX_PERMISSION_LENGTH, { each: true }),
    Matches(PERMISSION_PATTERN, { each: true }),
  );
}

/** A role as clients see it. */
export class RoleResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'The organization that the role belongs to; null: the platform.',
  })
  organization_id!: string | null;

  @ApiProperty({ example: 'auditor' })
  slug!: string;

  @ApiProperty({ example: 'Auditor' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Reads the books.' })
  description!: string | null;

  @ApiProperty({ type: [String], example: ['invoices:read', 'orders:*'] })
  permissions!: string[];

  @ApiProperty({ example: false, description: 'Declared in code, and changed there alone.' })
  reserved!: boolean;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  updated_at!: string;

  static from(role: RoleRecord): RoleResponse {
    return {
      id: role.id,
      organization_id: role.organizationId,
      slug: role.slug,
      name: role.name,
      description: role.description,
      permissions: [...role.permissions],
      reserved: role.reserved,
      created_at: role.createdAt.toISOString(),
      updated_at: role.updatedAt.toISOString(),
    };
  }
}

export class CreateRoleRequest {
  @ApiProperty({
    minLength: 1,
    maxLength: MAX_ROLE_SLUG_LENGTH,
    pattern: ROLE_SLUG_PATTERN.source,
    example: 'auditor',
    description: 'What code calls the role; it never changes.',
  })
  @IsString()
  @MaxLength(MAX_ROLE_SLUG_LENGTH)
  @Matches(ROLE_SLUG_PATTERN)
  slug!: string;

  @ApiProperty({ minLength: 1, maxLength: MAX_ROLE_NAME_LENGTH, example: 'Auditor' })
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_ROLE_NAME_LENGTH)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  name!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_ROLE_DESCRIPTION_LENGTH,
    example: 'Reads the books.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ROLE_DESCRIPTION_LENGTH)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  description?: string | null;

  @PermissionsProperty({ required: true })
  permissions!: string[];
}

/** What is left out stays; `null` clears the description. */
export class UpdateRoleRequest {
  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_ROLE_NAME_LENGTH, example: 'Auditor' })
  @IfGiven()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_ROLE_NAME_LENGTH)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  name?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: MAX_ROLE_DESCRIPTION_LENGTH,
    example: 'Reads the books.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ROLE_DESCRIPTION_LENGTH)
  @Matches(NO_CONTROL, NO_CONTROL_MESSAGE)
  description?: string | null;

  @PermissionsProperty({ required: false })
  permissions?: string[];
}

export class ListRolesQuery extends ListingQuery {
  @ApiPropertyOptional({
    maxLength: 100,
    example: 'audit',
    description: 'Literal text in slug or name, whatever its case.',
  })
  @IfGiven()
  @IsString()
  @MaxLength(100)
  query?: string;
}
