import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { COUNTED_ROWS } from './listing.js';

const PAGE_FIELDS = ['data', 'total', 'offset', 'limit', 'sort_field', 'sort_dir', 'next_cursor'];

/** Documents the 200 of a list: a page of the given response DTO. */
export function ApiPage(item: Type<unknown>, description = 'A page of the list.'): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      description,
      schema: {
        type: 'object',
        required: PAGE_FIELDS,
        additionalProperties: false,
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(item) } },
          total: {
            type: 'integer',
            minimum: 0,
            example: 42,
            description: `Rows of the whole list, under its filters. Counted to ${COUNTED_ROWS.toLocaleString('en')}, which stands for so many or more; \`next_cursor\` says whether the list goes on.`,
          },
          offset: { type: 'integer', minimum: 0, example: 0 },
          limit: { type: 'integer', minimum: 1, example: 20 },
          sort_field: { type: 'string', example: 'created_at' },
          sort_dir: { type: 'string', enum: ['asc', 'desc'], example: 'desc' },
          next_cursor: {
            type: 'string',
            nullable: true,
            example: null,
            description: 'Passed as `cursor` it continues the list; null at the end.',
          },
        },
      },
    }),
  );
}
