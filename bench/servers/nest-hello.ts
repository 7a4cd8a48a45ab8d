/** Nest and nothing else: a hello, a hello behind a guard that lets everybody pass, and one behind a named query. */
import 'reflect-metadata';
import { type CanActivate, Controller, Get, Headers, Module, UseGuards } from '@nestjs/common';
import pg from 'pg';
import { serve } from './serve.js';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const query = { name: process.env['QUERY_NAME'] ?? '', text: process.env['QUERY_TEXT'] ?? '' };

class EmptyGuard implements CanActivate {
  canActivate(): Promise<boolean> {
    return Promise.resolve(true);
  }
}

@Controller()
class HelloController {
  @Get('hello')
  hello(): object {
    return { hello: 'world' };
  }

  @Get('guarded')
  @UseGuards(EmptyGuard)
  guarded(): object {
    return { hello: 'world' };
  }

  @Get('query')
  async query(@Headers('authorization') authorization: string): Promise<object> {
    const { rows } = await pool.query({ ...query, values: [authorization.slice('Bearer '.length)] });
    return { hello: rows.length === 1 ? 'world' : 'nobody' };
  }
}

@Module({ controllers: [HelloController] })
class HelloModule {}

await serve(HelloModule);
