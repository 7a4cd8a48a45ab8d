/** better-auth with email and password, on the same PostgreSQL and the same adapter, mounted as its documentation says. */
import express from 'express';
import fastify from 'fastify';
import pg from 'pg';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { CastellanExpressAdapter } from '../../src/express/index.js';

const port = Number(process.env['PORT']);
const options = {
  baseURL: 'http://localhost',
  secret: 'a secret of the benchmarks, longer than thirty-two characters',
  database: new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 }),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
};
await (await getMigrations(options)).runMigrations();
const auth = betterAuth(options);

if (process.env['HTTP_ADAPTER'] === 'fastify') {
  const app = fastify();
  app.get('/', () => ({ hello: 'world' }));
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    handler: async (request, reply) => {
      const url = new URL(request.url, 'http://localhost');
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers))
        if (value) headers.append(name, String(value));
      const body = request.body === undefined ? undefined : JSON.stringify(request.body);
      const response = await auth.handler(new Request(url, { method: request.method, headers, body }));
      reply.status(response.status);
      response.headers.forEach((value, name) => void reply.header(name, value));
      return reply.send(response.body ? await response.text() : null);
    },
  });
  await app.listen({ port, host: '127.0.0.1' });
} else {
  const app = express();
  app.get('/', (_request, response) => void response.json({ hello: 'world' }));
  app.all('/api/auth/{*any}', (request, response) => void toNodeHandler(auth)(request, response));
  const adapter = new CastellanExpressAdapter(app);
  adapter.initHttpServer(undefined);
  adapter.listen(port, '127.0.0.1');
}
process.once('SIGTERM', () => process.exit(0));
