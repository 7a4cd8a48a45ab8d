import { type DynamicModule, Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { HealthController } from './health.controller.js';
import { HEALTH_REDIS, Readiness } from './readiness.js';

@Module({})
export class HealthModule {
  static forRoot(redis: Redis | null): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [Readiness, { provide: HEALTH_REDIS, useValue: redis }],
    };
  }
}
