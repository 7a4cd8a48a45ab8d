import { Body, Controller, Get, Headers, Post } from '@nestjs/common';
import { Authenticated, CurrentUser, type Principal, RequireVerifiedEmail } from '../../../../src/index.js';
import { PlaceOrder } from './order.dto.js';
import type { Order } from './order.entity.js';
import { OrdersService } from './orders.service.js';

/** A controller of the host, protected by Castellan's guard. `kinds`: customers have an account here. */
@Authenticated({ kinds: ['user'] })
@Controller('api/orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get()
  list(@CurrentUser() principal: Principal, @Headers('x-tenant') tenant: string): Promise<Order[]> {
    return this.orders.list(principal.userId, tenant);
  }

  @RequireVerifiedEmail()
  @Post()
  place(
    @CurrentUser() principal: Principal,
    @Headers('x-tenant') tenant: string,
    @Body() order: PlaceOrder,
  ): Promise<Order> {
    return this.orders.place(principal.userId, tenant, order);
  }
}
