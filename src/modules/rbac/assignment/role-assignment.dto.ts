import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { RoleAssignmentRecord } from './role-assignment.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Who has a role. */
export class RoleAssignmentResponse {
  @ApiProperty({ format: 'uuid', example: ID })
  id!: string;

  @ApiProperty({ format: 'uuid', example: ID })
  role_id!: string;

  @ApiProperty({ format: 'uuid', example: ID })
  user_id!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'The organization in which it counts; null: on the platform.',
  })
  organization_id!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    example: ID,
    description: 'null: the system.',
  })
  granted_by!: string | null;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  created_at!: string;

  static from(assignment: RoleAssignmentRecord): RoleAssignmentResponse {
    return {
      id: assignment.id,
      role_id: assignment.roleId,
      user_id: assignment.userId,
      organization_id: assignment.organizationId,
      granted_by: assignment.grantedBy,
      created_at: assignment.createdAt.toISOString(),
    };
  }
}

export class AssignRoleRequest {
  @ApiProperty({ format: 'uuid', example: ID })
  @IsUUID()
  user_id!: string;
}
