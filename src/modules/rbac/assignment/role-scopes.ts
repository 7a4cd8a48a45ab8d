import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { ClaimsChanges } from '../../core/index.js';
import { RoleRepository } from '../role/role.repository.js';
import { RoleAssignmentRepository } from './role-assignment.repository.js';

/** What becomes of roles when an organization, or a membership in one, ends. In the transaction of whoever ends it, who holds the organization meanwhile. */
@Injectable()
export class RoleScopes {
  constructor(
    private readonly roles: RoleRepository,
    private readonly assignments: RoleAssignmentRepository,
    private readonly claims: ClaimsChanges,
    private readonly transactions: TransactionRunner,
  ) {}

  /** The organization is gone: so are its roles, and all that was assigned in it. */
  async removeScope(organizationId: string): Promise<void> {
    await this.transactions.run(async () => {
      await this.roles.lockOrganization(organizationId);
      await this.claims.announce(await this.assignments.holdersIn(organizationId));
      await this.roles.deleteByOrganization(organizationId);
      await this.assignments.removeByOrganization(organizationId);
    });
  }

  /** The user is no member any more, and has no role there. */
  async removeMember(userId: string, organizationId: string): Promise<void> {
    await this.transactions.run(async () => {
      await this.claims.announce([userId]);
      await this.assignments.removeMember(userId, organizationId);
    });
  }
}
