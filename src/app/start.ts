import {
  type DynamicModule,
  type INestApplication,
  Logger,
  type NestApplicationOptions,
} from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AllProblemsFilter, answerFrameworkError } from '../shared/errors/problem.filter.js';
import { translateDatabaseError } from '../shared/persistence/database-errors.js';
import { Storage } from '../shared/persistence/storage.js';
import { AdminBootstrap } from '../modules/core/index.js';
import { AppModule, type AppParts } from './app.module.js';
import { BODY_LIMIT, readBodiesOfExpress, readBodiesOfFastify } from './body-parsers.js';
import { appUrlOf } from './core-options.js';
import { openDatabase } from './database.js';
import type { Env } from './env/env.js';
import { createRedisClient } from '../shared/redis/redis-client.js';
import { letConnectionsEnd } from './graceful-close.js';
import { createLogger } from './log/logger.js';
import { PreviewMailboxes } from './mail-preview/preview-mailboxes.js';
import { createOpenApiDocument, serveDocs } from './openapi.js';

const MOST_CLOCK_SKEW_MS = 5_000;

export interface StartedApp {
  readonly app: INestApplication;
  /** Where it answers from this machine. */
  readonly url: string;
  readonly database: string;
  readonly mode: Env['AUTH_MODE'];
  readonly docs: boolean;
  readonly preview: boolean;
  /** Finishes the requests in flight, stops the background work, and closes the database. */
  stop(): Promise<void>;
}

/** Builds the app on the adapter that the environment names, without listening. */
export async function createApp(parts: AppParts): Promise<INestApplication> {
  const module = AppModule.forRoot(parts);
  const options: NestApplicationOptions = {
    logger: createLogger(parts.env),
    bodyParser: false,
    abortOnError: false,
  };
  const app =
    parts.env.HTTP_ADAPTER === 'fastify'
      ? await createFastify(module, options)
      : await createExpress(module, options);
  app.useGlobalFilters(new AllProblemsFilter(app.get(HttpAdapterHost), translateDatabaseError));
  if (parts.env.CORS_ORIGINS.length > 0) {
    app.enableCors({
      origin: [...parts.env.CORS_ORIGINS],
      credentials: true,
      exposedHeaders: ['Retry-After'],
      maxAge: 600,
    });
  }
  if (docsOn(parts.env)) serveDocs(app, createOpenApiDocument(app, appUrlOf(parts.env)));
  return app;
}

/** Opens the database, migrates it, and listens. */
export async function startApp(env: Env): Promise<StartedApp> {
  const redis = env.REDIS_URL ? await createRedisClient(env.REDIS_URL) : null;
  const database = await openDatabase(env, redis);
  try {
    const previews = env.NODE_ENV === 'production' ? null : new PreviewMailboxes();
    const app = await createApp({
      env,
      storage: database.storage,
      database: database.module,
      redis,
      previews,
    });
    if (env.DATABASE_MIGRATE) await app.get(Storage, { strict: false }).migrate();
    await warnOfClockSkew(app);
    await bootstrapAdmin(app, env);
    await app.listen(env.PORT, env.HOST);
    const url = `http://localhost:${portOf(app)}`;
    return {
      app,
      url,
      database: database.description,
      mode: env.AUTH_MODE,
      docs: docsOn(env),
      stop: async () => {
        const ended = letConnectionsEnd(app.getHttpServer() as Server);
        await app.close().finally(ended);
        await database.close();
        redis?.disconnect();
      },
      preview: previews !== null && !(env.SMTP_URL && env.SMS_WEBHOOK_URL),
    };
  } catch (error) {
    await database.close();
    redis?.disconnect();
    throw error;
  }
}

async function createExpress(
  module: DynamicModule,
  options: NestApplicationOptions,
): Promise<INestApplication> {
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  const app = await NestFactory.create<NestExpressApplication>(module, new ExpressAdapter(), options);
  app.disable('x-powered-by');
  readBodiesOfExpress(app);
  return app;
}

async function createFastify(
  module: DynamicModule,
  options: NestApplicationOptions,
): Promise<INestApplication> {
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    frameworkErrors: answerFrameworkError,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  readBodiesOfFastify(app);
  return app;
}

function docsOn(env: Env): boolean {
  return env.DOCS ?? env.NODE_ENV !== 'production';
}

function portOf(app: INestApplication): number {
  const server = app.getHttpServer() as Server;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The application's clock decides every expiry; nodes whose clocks differ judge differently. */
async function warnOfClockSkew(app: INestApplication): Promise<void> {
  const skewMs = await app.get(Storage, { strict: false }).clockSkewMs();
  if (Math.abs(skewMs) <= MOST_CLOCK_SKEW_MS) return;
  new Logger('Clock').warn(`This machine's clock is ${Math.round(skewMs / 1000)} s off the database's.`);
}

async function bootstrapAdmin(app: INestApplication, env: Env): Promise<void> {
  if (!env.BOOTSTRAP_ADMIN_EMAIL || !env.BOOTSTRAP_ADMIN_PASSWORD) return;
  const admin = await app
    .get(AdminBootstrap, { strict: false })
    .createFirst(env.BOOTSTRAP_ADMIN_EMAIL, env.BOOTSTRAP_ADMIN_PASSWORD);
  if (admin) new Logger('Bootstrap').log('The first super admin has been made.');
}
