import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { UserRecord } from '../user/user.js';

/** The document as a download, sent while it is being read. */
export function userDataFile({ id }: UserRecord, document: AsyncIterable<string>): StreamableFile {
  return new StreamableFile(Readable.from(document, { objectMode: false }), {
    type: 'application/json; charset=utf-8',
    disposition: `attachment; filename="user-${id}.json"`,
  });
}

/** Documents such a download. */
export const ApiUserDataFile = (): MethodDecorator =>
  ApiOkResponse({
    description: 'The document, sent while it is being read.',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['exported_at', 'user', 'sessions'],
          properties: {
            exported_at: { type: 'string', format: 'date-time', example: '2026-01-01T00:00:00.000Z' },
            user: {
              type: 'object',
              example: { id: '01890a5d-ac96-774b-bcce-b302099a8057', email: 'ada@example.com' },
            },
            sessions: { type: 'array', items: { type: 'object' }, example: [] },
          },
          additionalProperties: {
            type: 'array',
            items: { type: 'object' },
            description: 'A section of a mounted module.',
          },
        },
      },
    },
  });
