import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, MaxLength } from 'class-validator';
import type { Purge } from './user-removal.js';

export class PurgeRequest {
  @ApiProperty({
    type: String,
    format: 'date-time',
    example: '2026-01-01T00:00:00.000Z',
    description: 'Accounts that were deleted before that moment.',
  })
  @IsISO8601({ strict: true })
  @MaxLength(40)
  deleted_before!: string;
}

export class PurgeRefusal {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  user_id!: string;

  @ApiProperty({ example: 'organization.last_owner' })
  code!: string;
}

export class PurgeResponse {
  @ApiProperty({ type: 'integer', example: 42 })
  erased!: number;

  @ApiProperty({ type: [PurgeRefusal], example: [] })
  refused!: PurgeRefusal[];

  @ApiProperty({ example: false, description: 'Whether to call again: one call erases a hundred at most.' })
  more!: boolean;

  static from({ erased, refused, more }: Purge): PurgeResponse {
    return { erased, refused: refused.map(({ userId, code }) => ({ user_id: userId, code })), more };
  }
}
