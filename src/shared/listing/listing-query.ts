import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString } from 'class-validator';
import { IfGiven } from '../http/if-given.decorator.js';
import { DEFAULT_LIMIT, DEFAULT_MAX_LIMIT, type ListingOpts } from './listing.js';

/** The query string of every list; modules add their filters in a subclass. It only parses: `normalize` brings into range. */
export class ListingQuery implements ListingOpts {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    default: 0,
    example: 0,
    description: 'Rows to skip; without effect beside a cursor.',
  })
  @IfGiven()
  @Transform(({ value }) => wholeNumber(value))
  @IsInt()
  offset?: number;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: DEFAULT_MAX_LIMIT,
    default: DEFAULT_LIMIT,
    example: DEFAULT_LIMIT,
    description: 'The most rows to answer; a value out of range is brought into it.',
  })
  @IfGiven()
  @Transform(({ value }) => wholeNumber(value))
  @IsInt()
  limit?: number;

  @ApiPropertyOptional({
    type: String,
    example: 'created_at',
    description: 'The field to sort by; one that is not allowed gives the default.',
  })
  @IfGiven()
  @IsString()
  sort_field?: string;

  @ApiPropertyOptional({
    type: String,
    enum: ['asc', 'desc'],
    default: 'desc',
    example: 'desc',
    description: 'The direction, of ties by id too; anything else is desc.',
  })
  @IfGiven()
  @IsString()
  sort_dir?: string;

  @ApiPropertyOptional({
    type: String,
    example:
      'WyJjcmVhdGVkX2F0IiwiZGVzYyIsIjIwMjYtMDEtMDFUMDA6MDA6MDAuMDAwWiIsIjAxOWI3NmRhLWE4MDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMSJd',
    description: '`next_cursor` of the page before, in the same order.',
  })
  @IfGiven()
  @IsString()
  cursor?: string;
}

/** Digits become a number, a huge one the largest; anything else stays what it is, and fails the validation. */
function wholeNumber(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) return value;
  return Math.min(Math.max(Number(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
