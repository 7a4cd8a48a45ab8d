import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { CastellanValidationPipe } from '../http/validation.pipe.js';
import { ApiPage } from './api-page.js';
import { defineListing } from './listing.js';
import { ListingQuery } from './listing-query.js';

const users = defineListing({ sortable: ['created_at', 'email'], defaultSort: 'created_at' });

describe('ListingQuery', () => {
  const pipe = new CastellanValidationPipe();
  const parse = (query: object) => pipe.transform(query, { type: 'query', metatype: ListingQuery });

  it.each<[object, object]>([
    [{}, { limit: 20, offset: 0 }],
    [
      { limit: '5', offset: '10', sort_field: 'email', sort_dir: 'asc' },
      { limit: 5, offset: 10, sortField: 'email', sortDir: 'asc' },
    ],
    [
      { limit: '-3', offset: '-3' },
      { limit: 1, offset: 0 },
    ],
    [
      { limit: '9'.repeat(400), offset: '9'.repeat(400) },
      { limit: 100, offset: Number.MAX_SAFE_INTEGER },
    ],
    [
      { sort_field: 'nonsense', sort_dir: 'nonsense' },
      { sortField: 'created_at', sortDir: 'desc' },
    ],
    [
      { sort_field: '', sort_dir: '' },
      { sortField: 'created_at', sortDir: 'desc' },
    ],
  ])('reads %p', async (query, expected) => {
    expect(users.normalize((await parse(query)) as ListingQuery)).toMatchObject(expected);
  });

  it.each<[object, string]>([
    ...['abc', '1.5', '', ' 5', '1e3', '0x10', '5\n', ['1', '2'], { a: '1' }, '+5'].map(
      (limit): [object, string] => [{ limit }, 'limit'],
    ),
    [{ offset: '1.0' }, 'offset'],
    [{ sort_field: ['a', 'b'] }, 'sort_field'],
    [{ sort_dir: ['asc'] }, 'sort_dir'],
    [{ cursor: ['x'] }, 'cursor'],
    [{ page: '2' }, 'page'],
  ])('refuses %p', async (query, field) => {
    await expect(parse(query)).rejects.toMatchObject({ code: 'core.validation_failed', fields: [{ field }] });
  });
});

describe('ApiPage', () => {
  it('documents a page of the item, and nothing else', async () => {
    class Item {
      @ApiProperty()
      id!: string;
    }
    @Controller('items')
    class ItemController {
      @Get()
      @ApiPage(Item)
      list(@Query() _query: ListingQuery): void {}
    }
    const module = await Test.createTestingModule({ controllers: [ItemController] }).compile();
    const app = module.createNestApplication({ logger: false });
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const operation = document.paths['/items']?.get;
    expect(operation?.responses['200']).toMatchObject({
      content: {
        'application/json': {
          schema: {
            additionalProperties: false,
            properties: {
              data: { items: { $ref: '#/components/schemas/Item' } },
              next_cursor: { nullable: true },
            },
          },
        },
      },
    });
    expect(operation?.parameters).toHaveLength(5);
    expect(document.components?.schemas).toHaveProperty('Item');
    await app.close();
  });
});
