import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../modules/core/index.js';
import { type HttpResponse, setHeader, setStatus } from '../../shared/http/response.js';
import { LivenessResponse, ReadinessResponse } from './health.dto.js';
import { Readiness } from './readiness.js';

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ operationId: 'health_getLiveness', summary: 'The process answers', security: [] })
  @ApiResponse({ status: 200, type: LivenessResponse })
  live(): LivenessResponse {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'health_getReadiness',
    summary: 'The database and Redis answer, and the process is not stopping',
    security: [],
  })
  @ApiResponse({ status: 200, type: ReadinessResponse })
  @ApiResponse({ status: 503, type: ReadinessResponse })
  async ready(@Res({ passthrough: true }) response: HttpResponse): Promise<ReadinessResponse> {
    const state = await this.readiness.check();
    setHeader(response, 'Cache-Control', 'no-store');
    if (state.status !== 'ok') setStatus(response, HttpStatus.SERVICE_UNAVAILABLE);
    return state;
  }
}
