import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { CustomersService } from '../customers/customers.service.js';
import type { PlaceOrder } from './order.dto.js';
import { Order } from './order.entity.js';

@Injectable()
export class OrdersService {
  constructor(
    @InjectRepository(Order) private readonly orders: Repository<Order>,
    private readonly customers: CustomersService,
  ) {}

  async list(accountId: string, tenant: string): Promise<Order[]> {
    const { id } = await this.customers.ofAccount(accountId);
    return this.orders.find({ where: { userId: id, tenant }, order: { id: 'DESC' } });
  }

  listAll(tenant: string): Promise<Order[]> {
    return this.orders.find({ where: { tenant }, order: { id: 'DESC' } });
  }

  async place(accountId: string, tenant: string, { item, quantity }: PlaceOrder): Promise<Order> {
    const { id } = await this.customers.ofAccount(accountId);
    return this.orders.save(this.orders.create({ userId: id, tenant, item, quantity }));
  }
}
