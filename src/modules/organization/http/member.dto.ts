import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import type { UserRecord } from '../../core/index.js';
import { MEMBER_ROLES, type MemberRecord, type MemberRole } from '../member/member.js';
import type { TeamMemberRecord, TeamRecord } from '../team/team.js';

export class MembersQuery extends ListingQuery {
  @ApiPropertyOptional({ enum: MEMBER_ROLES, example: 'admin' })
  @IfGiven()
  @IsIn(MEMBER_ROLES)
  role?: MemberRole;
}

/** What members see of each other. */
export class MemberUser {
  @ApiProperty({ type: String, nullable: true, example: 'ada.lovelace' })
  username!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Ada Lovelace' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  avatar!: string | null;

  static from({ username, name, avatar }: UserRecord): MemberUser {
    return { username, name, avatar };
  }
}

export class MemberResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  user_id!: string;

  @ApiProperty({ example: 'member', enum: MEMBER_ROLES })
  role!: MemberRole;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  joined_at!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  updated_at!: string | null;

  @ApiPropertyOptional({ type: MemberUser })
  user?: MemberUser;

  static from(member: MemberRecord, user?: UserRecord): MemberResponse {
    return {
      user_id: member.userId,
      role: member.role,
      joined_at: member.joinedAt.toISOString(),
      updated_at: member.updatedAt?.toISOString() ?? null,
      ...(user && { user: MemberUser.from(user) }),
    };
  }
}

const TEAM_NAME = { minLength: 1, maxLength: 255, example: 'Calculators' };
const TEAM_SLUG = { minLength: 1, maxLength: 63, example: 'calculators' };

export class CreateTeamBody {
  @ApiProperty(TEAM_NAME)
  @IsString()
  @Length(1, 255)
  @Matches(/^[^\p{Cc}]*$/u)
  name!: string;

  @ApiPropertyOptional({ ...TEAM_SLUG, description: 'Made of the name where it is not given.' })
  @IfGiven()
  @IsString()
  @MaxLength(63)
  slug?: string;
}

export class UpdateTeamBody {
  @ApiPropertyOptional(TEAM_NAME)
  @IfGiven()
  @IsString()
  @Length(1, 255)
  @Matches(/^[^\p{Cc}]*$/u)
  name?: string;

  @ApiPropertyOptional(TEAM_SLUG)
  @IfGiven()
  @IsString()
  @MaxLength(63)
  slug?: string;
}

export class TeamResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  id!: string;

  @ApiProperty({ example: 'Calculators' })
  name!: string;

  @ApiProperty({ example: 'calculators' })
  slug!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  updated_at!: string | null;

  static from({ id, name, slug, createdAt, updatedAt }: TeamRecord): TeamResponse {
    return {
      id,
      name,
      slug,
      created_at: createdAt.toISOString(),
      updated_at: updatedAt?.toISOString() ?? null,
    };
  }
}

export class TeamMemberBody {
  @ApiProperty({
    format: 'uuid',
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
    description: 'A member of the organization.',
  })
  @IsUUID()
  user_id!: string;
}

export class TeamMemberResponse {
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  user_id!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-01T12:00:00.000Z' })
  created_at!: string;

  static from({ userId, createdAt }: TeamMemberRecord): TeamMemberResponse {
    return { user_id: userId, created_at: createdAt.toISOString() };
  }
}
