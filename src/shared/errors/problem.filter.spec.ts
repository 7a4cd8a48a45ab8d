import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  Body,
  Controller,
  Get,
  HttpException,
  type INestApplication,
  Logger,
  Param,
  Post,
  Query,
  Res,
  UseFilters,
  UsePipes,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsEmail, IsObject, IsOptional, ValidateNested } from 'class-validator';
import request from 'supertest';
import { type HttpResponse, setCookies, setHeader, setStatus } from '../http/response.js';
import { CastellanValidationPipe } from '../http/validation.pipe.js';
import { ListingQuery } from '../listing/listing-query.js';
import { AuthError } from './auth-error.js';
import { GeneralErrors } from './general.errors.js';
import { ProblemException } from './problem.exception.js';
import { AllProblemsFilter, answerFrameworkError, ProblemFilter } from './problem.filter.js';

class Nested {
  @IsEmail()
  email!: string;
}
class Payload {
  @IsEmail()
  email!: string;

  @IsOptional()
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => Nested)
  items?: Nested[];
}

const throwing: Record<string, unknown> = {
  limited: new AuthError(GeneralErrors.rate_limited, { retryAfterSeconds: 1.2 }),
  unauthenticated: new ProblemException(new AuthError(GeneralErrors.unauthenticated)),
  database: Object.assign(new Error('invalid byte sequence'), { code: '22021' }),
  fault: new Error('SELECT * FROM users at /srv/app.ts'),
  nest: new HttpException('a teapot at /srv', 418),
  text: 'just a text',
};

@Controller('library')
@UseFilters(ProblemFilter)
@UsePipes(CastellanValidationPipe)
class LibraryController {
  @Get('throw')
  fail(@Query('what') what: string): never {
    throw throwing[what];
  }

  @Get('item/:id')
  item(@Param('id') id: string): object {
    return { id };
  }

  @Get('list')
  list(@Query() query: ListingQuery): object {
    return Object.assign({}, query);
  }

  @Get('response')
  respond(@Res({ passthrough: true }) response: HttpResponse): object {
    setStatus(response, 202);
    setHeader(response, 'X-Once', 'first');
    setHeader(response, 'X-Once', 'second');
    setCookies(response, [
      { name: '__Host-a', value: '1' },
      { name: '__Host-b', value: '2' },
    ]);
    setCookies(response, [{ name: 'c', value: '3' }]);
    return {};
  }

  @Post('body')
  accept(@Body() body: Payload): object {
    return { instance: body instanceof Payload };
  }
}

const adapters = {
  Express: () => new ExpressAdapter(),
  Fastify: () => new FastifyAdapter({ frameworkErrors: answerFrameworkError }),
};

describe.each(Object.entries(adapters))('problems on %s', (name, adapter) => {
  async function start(standalone: boolean): Promise<INestApplication> {
    const module = await Test.createTestingModule({ controllers: [LibraryController] }).compile();
    const app = module.createNestApplication(adapter(), { logger: false });
    const translate = (error: unknown) =>
      error instanceof Error && Reflect.get(error, 'code') === '22021'
        ? new AuthError(GeneralErrors.validation_failed)
        : undefined;
    if (standalone) app.useGlobalFilters(new AllProblemsFilter(app.get(HttpAdapterHost), translate));
    app.use('/broken', () => {
      throw new AuthError(GeneralErrors.csrf);
    });
    await app.init();
    if (name === 'Fastify') await (app as NestFastifyApplication).getHttpAdapter().getInstance().ready();
    return app;
  }

  let app: INestApplication;
  let log: ReturnType<typeof silence>;
  const silence = () => jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  const http = () => request(app.getHttpServer());

  beforeAll(async () => {
    log = silence();
    app = await start(true);
  });
  afterAll(async () => {
    await app.close();
    log.mockRestore();
  });

  const problem = (response: request.Response, status: number, code: string) => {
    expect({ status: response.status, code: response.body.code }).toEqual({ status, code });
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.body).toMatchObject({
      status,
      type: `urn:castellan:error:${code}`,
      title: expect.any(String),
    });
    expect(response.body.instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(response.text).not.toMatch(/\/srv|SELECT|stack|Cannot|throw/);
  };

  it.each([
    ['limited', 429, 'core.rate_limited'],
    ['unauthenticated', 401, 'core.unauthenticated'],
    ['database', 400, 'core.validation_failed'],
    ['fault', 500, 'core.internal'],
    ['nest', 418, 'core.http_418'],
    ['text', 500, 'core.internal'],
  ])('answers %s', async (what, status, code) => {
    log.mockClear();
    const response = await http().get(`/library/throw?what=${what}`);
    problem(response, status, code);
    expect(response.headers['retry-after']).toBe(status === 429 ? '2' : undefined);
    expect(response.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    const logged = log.mock.calls.map(([message]) => String(message)).join();
    if (status === 500) expect(logged).toContain(response.body.instance.slice('urn:uuid:'.length));
    else expect(logged).toBe('');
  });

  it('answers what the framework refuses', async () => {
    const post = (body: string, type = 'application/json') =>
      http().post('/library/body').set('Content-Type', type).send(body);
    problem(await http().get('/nowhere'), 404, 'core.not_found');
    problem(await post('{"email":'), 400, 'core.malformed_json');
    problem(await post(JSON.stringify({ email: 'x'.repeat(2_000_000) })), 413, 'core.payload_too_large');
    problem(await http().get('/library/item/%FF'), 400, 'core.validation_failed');
    problem(await http().get('/broken'), 403, 'core.csrf');
    if (name === 'Fastify')
      problem(await post('<a/>', 'application/xml'), 415, 'core.unsupported_media_type');
  });

  it('answers what validation refuses', async () => {
    const post = (body: unknown) =>
      http().post('/library/body').set('Content-Type', 'application/json').send(JSON.stringify(body));
    expect((await post({ email: 'a@example.com', items: [{ email: 'b@example.com' }] })).body).toEqual({
      instance: true,
    });
    const response = await post({ email: 'secret-value', is_super_admin: true, items: [{ email: 1 }] });
    problem(response, 400, 'core.validation_failed');
    expect(response.body.errors).toEqual(
      expect.arrayContaining([
        { field: 'email', code: 'is_email', message: 'email must be an email' },
        { field: 'is_super_admin', code: 'unknown_field', message: expect.any(String) },
        { field: 'items.0.email', code: 'is_email', message: 'email must be an email' },
      ]),
    );
    expect(response.text).not.toContain('secret-value');
    const deep = `{"email":${'['.repeat(3_000)}${']'.repeat(3_000)}}`;
    problem(
      await http().post('/library/body').set('Content-Type', 'application/json').send(deep),
      400,
      'core.validation_failed',
    );
    for (const body of [
      [],
      [{ email: 'a@example.com' }],
      {},
      { email: 'a\0@example.com' },
      { email: 'a@example.com', items: [[]] },
      { email: 'a@example.com', items: 'x' },
    ]) {
      problem(await post(body), 400, 'core.validation_failed');
    }
    problem(await http().post('/library/body'), 400, 'core.validation_failed');
    for (const body of ['null', '"text"', '1', '{"__proto__":{"a":1},"email":"a@example.com"}']) {
      const answer = await http().post('/library/body').set('Content-Type', 'application/json').send(body);
      problem(answer, 400, answer.body.code);
    }
  });

  it('parses the query of a list', async () => {
    expect((await http().get('/library/list?limit=5&offset=-1')).body).toEqual({ limit: 5, offset: -1 });
    for (const query of [
      'limit=',
      'limit=abc',
      'limit=1&limit=2',
      'sort_field=a&sort_field=b',
      'sort_field=%00',
      'nope=1',
    ]) {
      problem(await http().get(`/library/list?${query}`), 400, 'core.validation_failed');
    }
  });

  it('sets status, headers and cookies', async () => {
    const response = await http().get('/library/response');
    expect(response.status).toBe(202);
    expect(response.headers['x-once']).toBe('second');
    expect(response.headers['set-cookie']).toEqual([
      '__Host-a=1; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Host-b=2; Path=/; HttpOnly; Secure; SameSite=Lax',
      'c=3; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('leaves a host’s other errors alone when mounted, and is understood by its filters', async () => {
    const host = await start(false);
    const mounted = request(host.getHttpServer());
    problem(await mounted.get('/library/throw?what=limited'), 429, 'core.rate_limited');
    expect((await mounted.get('/library/throw?what=nest')).body).toEqual({
      statusCode: 418,
      message: 'a teapot at /srv',
    });
    expect((await mounted.get('/broken')).status).toBe(403);
    await host.close();
  });
});
