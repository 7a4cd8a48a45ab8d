/** Nest and nothing else: a hello, and a hello behind one named query. */
import 'reflect-metadata';
import { Controller, Get, Headers, Module } from '@nestjs/common';
import pg from 'pg';
import { serve } from './serve.js';

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const query = { name: process.env['QUERY_NAME'] ?? '', text: process.env['QUERY_TEXT'] ?? '' };

@Controller()
class HelloController {
  @Get('hello')
  hello(): object {
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
