import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsUUID } from 'class-validator';
import { BanRequest } from '../users/admin-user.dto.js';

/** What can be done to several accounts. */
export const BULK_ACTIONS = [
  'ban',
  'unban',
  'activate',
  'deactivate',
  'unlock',
  'verify_email',
  'force_password_reset',
  'revoke_sessions',
  'delete',
  'restore',
  'erase',
] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Accounts in one request. */
export const BULK_LIMIT = 100;

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** `reason` and `until` are for `ban`. */
export class BulkRequest extends BanRequest {
  @ApiProperty({ enum: BULK_ACTIONS, example: 'ban' })
  @IsIn(BULK_ACTIONS)
  action!: BulkAction;

  @ApiProperty({
    type: [String],
    format: 'uuid',
    minItems: 1,
    maxItems: BULK_LIMIT,
    uniqueItems: true,
    example: [ID],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BULK_LIMIT)
  @ArrayUnique((id: unknown) => (typeof id === 'string' ? id.toLowerCase() : id))
  @IsUUID(undefined, { each: true })
  user_ids!: string[];
}

export class BulkResult {
  @ApiProperty({ format: 'uuid', example: ID })
  user_id!: string;

  @ApiProperty({
    type: 'integer',
    example: 200,
    description: 'As the route for one account would have answered.',
  })
  status!: number;

  @ApiPropertyOptional({ example: 'core.user_not_found', description: 'Where it was refused.' })
  code?: string;
}

export class BulkResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  succeeded!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  failed!: number;

  @ApiProperty({ type: [BulkResult], description: 'One for each account, in the order of the request.' })
  results!: BulkResult[];
}
