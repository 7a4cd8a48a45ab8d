import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class LivenessResponse {
  @ApiProperty({ example: 'ok', enum: ['ok'] })
  status!: 'ok';
}

export class ComponentHealth {
  @ApiProperty({ example: 'up', enum: ['up', 'down'] })
  status!: 'up' | 'down';

  @ApiProperty({ example: 1.2, description: 'Milliseconds that the answer took.' })
  latency_ms!: number;
}

export class ReadinessResponse {
  @ApiProperty({ example: 'ok', enum: ['ok', 'unavailable', 'stopping'] })
  status!: 'ok' | 'unavailable' | 'stopping';

  @ApiProperty()
  database!: ComponentHealth;

  @ApiPropertyOptional({ description: 'Where `REDIS_URL` is set.' })
  redis?: ComponentHealth;
}
