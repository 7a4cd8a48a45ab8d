import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import type { DayStatistics, Statistics } from './statistics.service.js';

export const DEFAULT_DAYS = 30;
export const MOST_DAYS = 365;

export class StatisticsQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_DAYS,
    default: DEFAULT_DAYS,
    example: DEFAULT_DAYS,
    description: 'How many days, today included.',
  })
  @IfGiven()
  @Transform(({ value }): unknown =>
    typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  days?: number;
}

const Count = (description: string): PropertyDecorator =>
  ApiProperty({ type: 'integer', minimum: 0, example: 42, description });

export class UserStatisticsResponse {
  @Count('Those that are not deleted.')
  living!: number;

  @Count('Softly, and not erased yet.')
  deleted!: number;

  @Count('A ban is in force.')
  banned!: number;

  @Count('Switched off.')
  inactive!: number;

  @Count('The email address is not proven, or there is none.')
  unverified!: number;

  @Count('Super admins.')
  super_admins!: number;
}

export class DayStatisticsResponse {
  @ApiProperty({ type: String, format: 'date', example: '2026-01-31', description: 'In UTC.' })
  day!: string;

  @Count('New accounts.')
  sign_ups!: number;

  @Count('Sign-ins that were completed; counted since the module is mounted.')
  logins!: number;

  @Count('Sign-ins that were refused.')
  failed_logins!: number;

  static from({ day, signUps, logins, failedLogins }: DayStatistics): DayStatisticsResponse {
    return { day, sign_ups: signUps, logins, failed_logins: failedLogins };
  }
}

export class StatisticsResponse {
  @ApiProperty({
    type: String,
    format: 'date-time',
    example: '2026-01-01T00:00:00.000Z',
    description: 'When it was counted; a minute ago at most.',
  })
  as_of!: string;

  @ApiProperty({ type: UserStatisticsResponse })
  users!: UserStatisticsResponse;

  @Count('Sessions that live.')
  sessions!: number;

  @ApiProperty({ type: [DayStatisticsResponse], description: 'The oldest first.' })
  days!: DayStatisticsResponse[];

  static from({ asOf, users, livingSessions, days }: Statistics): StatisticsResponse {
    const { superAdmins, ...counts } = users;
    return {
      as_of: asOf.toISOString(),
      users: { ...counts, super_admins: superAdmins },
      sessions: livingSessions,
      days: days.map((day) => DayStatisticsResponse.from(day)),
    };
  }
}
