import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CustomerRegistration } from './customer-registration.js';
import { CustomersService } from './customers.service.js';
import { User } from './user.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([User])],
  providers: [CustomersService, CustomerRegistration],
  exports: [CustomersService],
})
export class CustomersModule {}
