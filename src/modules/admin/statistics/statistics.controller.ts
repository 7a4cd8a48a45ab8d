import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AuthController, QueryInput } from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { DEFAULT_DAYS, StatisticsQuery, StatisticsResponse } from './statistics.dto.js';
import { StatisticsService } from './statistics.service.js';

/** Counts. */
@AuthController('admin/statistics', 'Administration')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get()
  @AdminAccess(ADMIN_PERMISSIONS.statistics)
  @ApiOperation({
    operationId: 'admin_getStatistics',
    summary: 'Count users, sessions and sign-ins',
    description: 'Users by state, living sessions, and sign-ups and sign-ins of each day.',
  })
  @ApiOkResponse({ type: StatisticsResponse })
  async get(@QueryInput() { days = DEFAULT_DAYS }: StatisticsQuery): Promise<StatisticsResponse> {
    return StatisticsResponse.from(await this.statistics.of(days));
  }
}
