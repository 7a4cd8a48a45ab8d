import type { DynamicModule, INestApplication, NestApplicationOptions } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AllProblemsFilter, answerFrameworkError } from '../shared/errors/problem.filter.js';
import { translateDatabaseError } from '../shared/persistence/database-errors.js';
import { AppModule, type AppParts } from './app.module.js';
import { BODY_LIMIT, readBodiesOfExpress, readBodiesOfFastify } from './body-parsers.js';
import { appUrlOf } from './core-options.js';
import type { Env } from './env/env.js';
import { createLogger } from './log/logger.js';
import { createOpenApiDocument, serveDocs } from './openapi.js';

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
  if (docsOn(parts.env)) serveDocs(app, () => createOpenApiDocument(app, appUrlOf(parts.env)));
  return app;
}

async function createExpress(
  module: DynamicModule,
  options: NestApplicationOptions,
): Promise<INestApplication> {
  const { CastellanExpressAdapter } = await import('../express/index.js');
  const app = await NestFactory.create<NestExpressApplication>(
    module,
    new CastellanExpressAdapter(),
    options,
  );
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

/** Whether Swagger UI is served. */
export function docsOn(env: Env): boolean {
  return env.DOCS ?? env.NODE_ENV !== 'production';
}
