import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomersModule } from '../customers/customers.module.js';
import { CatalogueController } from './catalogue.controller.js';
import { Order } from './order.entity.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';
import { WarehouseController } from './warehouse.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Order]), CustomersModule],
  controllers: [OrdersController, WarehouseController, CatalogueController],
  providers: [OrdersService],
})
export class OrdersModule {}
