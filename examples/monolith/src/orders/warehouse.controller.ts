import { Controller, Get, Headers } from '@nestjs/common';
import { RequirePermissions } from '../../../../src/index.js';
import type { Order } from './order.entity.js';
import { OrdersService } from './orders.service.js';

/** What the staff sees: everybody's orders. The decorator checks the credential too. */
@RequirePermissions('orders:read')
@Controller('api/warehouse')
export class WarehouseController {
  constructor(private readonly orders: OrdersService) {}

  @Get('orders')
  list(@Headers('x-tenant') tenant: string): Promise<Order[]> {
    return this.orders.listAll(tenant);
  }
}
