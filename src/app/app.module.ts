import { type DynamicModule, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import helmet from 'helmet';
import type { Redis } from 'ioredis';
import { CastellanModule } from '../castellan.module.js';
import type { StorageDefinition } from '../shared/persistence/storage.js';
import { coreOptionsOf } from './core-options.js';
import type { Env } from './env/env.js';
import { featuresOf } from './features.js';
import { HealthModule } from './health/health.module.js';
import { MailPreviewModule } from './mail-preview/mail-preview.module.js';
import { rememberRequest } from './log/request-context.js';
import { AppMetricsModule } from './metrics/app-metrics.module.js';
import type { PreviewMailboxes } from './mail-preview/preview-mailboxes.js';

export interface AppParts {
  readonly env: Env;
  readonly storage: StorageDefinition;
  /** The module of the DataSource; `null` where nothing is kept in a database. */
  readonly database: DynamicModule | null;
  /** `null` without `REDIS_URL`. */
  readonly redis: Redis | null;
  /** `null` in production. */
  readonly previews: PreviewMailboxes | null;
}

/** The standalone app: a thin consumer of what the package exports. */
@Module({})
export class AppModule implements NestModule {
  static forRoot({ env, storage, database, redis, previews }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...(database ? [database] : []),
        CastellanModule.forRoot({
          ...coreOptionsOf(env, { previews, redis }),
          storage,
          modules: featuresOf(env),
        }),
        HealthModule.forRoot(redis),
        ...(env.METRICS ? [AppMetricsModule] : []),
        ...(previews ? [MailPreviewModule.forRoot(previews)] : []),
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(rememberRequest).forRoutes('{*path}');
    // A middleware works alike on Express and Fastify. Pages that need a looser policy set their own header after it.
    consumer
      .apply(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }))
      .forRoutes('{*path}');
  }
}
