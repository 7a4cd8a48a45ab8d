import { ApiProperty } from '@nestjs/swagger';

/** The same whether the address is known or not. */
export class AcceptedResponse {
  @ApiProperty({ enum: ['accepted'], example: 'accepted' })
  status!: 'accepted';

  static after(_done: unknown): AcceptedResponse {
    return { status: 'accepted' };
  }
}
