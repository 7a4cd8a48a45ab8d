import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { User } from './user.entity.js';

@Injectable()
export class CustomersService {
  constructor(@InjectRepository(User) private readonly customers: Repository<User>) {}

  async get(id: number): Promise<User> {
    const customer = await this.customers.findOneBy({ id });
    if (!customer) throw new NotFoundException('There is no such customer.');
    return customer;
  }

  /** The customer behind an account. */
  async ofAccount(castellanUserId: string): Promise<User> {
    const customer = await this.customers.findOneBy({ castellanUserId });
    if (!customer) throw new NotFoundException('There is no customer for this account.');
    return customer;
  }
}
