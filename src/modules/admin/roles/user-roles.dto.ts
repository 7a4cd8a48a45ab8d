import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import type { Authority } from '../../rbac/index.js';

export class GrantRoleRequest {
  @ApiProperty({ minLength: 1, maxLength: 63, example: 'auditor', description: 'Its slug.' })
  @IsString()
  @MinLength(1)
  @MaxLength(63)
  role!: string;
}

export class UserRolesResponse {
  @ApiProperty({
    type: [String],
    example: ['auditor'],
    description: 'Slugs; `super-admin` among them for a super admin.',
  })
  roles!: string[];

  @ApiProperty({ type: [String], example: ['books:read'] })
  permissions!: string[];

  static from({ roles, permissions }: Authority): UserRolesResponse {
    return { roles: [...roles], permissions: permissions.toArray() };
  }
}
