import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../modules/core/index.js';
import { MetricsService } from '../../modules/metrics/index.js';
import { type HttpResponse, setHeader } from '../../shared/http/response.js';

@ApiTags('metrics')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get()
  @ApiOperation({ operationId: 'metrics_getMetrics', summary: 'Metrics for Prometheus', security: [] })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  async read(@Res({ passthrough: true }) response: HttpResponse): Promise<string> {
    const { contentType, text } = await this.metrics.page();
    setHeader(response, 'Content-Type', contentType);
    setHeader(response, 'Cache-Control', 'no-store');
    return text;
  }
}
