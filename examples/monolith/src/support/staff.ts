import { Injectable } from '@nestjs/common';
import { RoleAssignments, RoleService, SYSTEM_CLIENT, SYSTEM_GRANTOR } from '../../../../src/index.js';
import { CustomersService } from '../customers/customers.service.js';

/** Gives the role that `monolith.module.ts` declares. It counts with the next request, and nobody is signed out. */
@Injectable()
export class Staff {
  constructor(
    private readonly customers: CustomersService,
    private readonly roles: RoleService,
    private readonly assignments: RoleAssignments,
  ) {}

  async hire(customerId: number): Promise<void> {
    const { castellanUserId } = await this.customers.get(customerId);
    const role = await this.roles.getBySlug(null, 'warehouse');
    await this.assignments.assign(null, role.id, castellanUserId ?? '', SYSTEM_GRANTOR, SYSTEM_CLIENT);
  }
}
