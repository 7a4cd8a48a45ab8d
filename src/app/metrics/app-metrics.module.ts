import { Module } from '@nestjs/common';
import { MetricsModule } from '../../modules/metrics/index.js';
import { MetricsController } from './metrics.controller.js';

/** `GET /metrics`, where `METRICS` is on. */
@Module({ imports: [MetricsModule.forRoot()], controllers: [MetricsController] })
export class AppMetricsModule {}
