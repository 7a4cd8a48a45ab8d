import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { assertCovers, type Grantor } from '../permission/grantor.js';
import { RbacErrors } from '../rbac.errors.js';
import type { RoleRecord, RoleScope } from './role.js';
import { RoleRepository } from './role.repository.js';

/** What is changed for all holders of a role may be much; each of them is a row. */
const OPTIONS = { shared: {}, exclusive: { statementTimeoutMs: 60_000 } } as const;

/** Finds roles for those who may see them, and holds them for those who may touch them. */
@Injectable()
export class RoleAccess {
  constructor(
    private readonly roles: RoleRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /** A role of the scope itself. @throws rbac.role_not_found */
  async find(scope: RoleScope, id: string): Promise<RoleRecord> {
    const role = isUuid(id) ? await this.roles.findById(id) : null;
    assertThat(role && role.organizationId === scope, RbacErrors.role_not_found);
    return role;
  }

  /** A role that can be assigned in the scope: its own, or the platform's. @throws rbac.role_not_found */
  async findAssignable(scope: RoleScope, id: string): Promise<RoleRecord> {
    const role = isUuid(id) ? await this.roles.findById(id) : null;
    assertThat(role && isAssignable(role, scope), RbacErrors.role_not_found);
    return role;
  }

  /**
   * Runs `work` in a transaction in which nobody else changes, deletes, grants or revokes the role of the scope.
   * @throws rbac.role_not_found, rbac.above_ceiling
   */
  change<T>(
    scope: RoleScope,
    id: string,
    grantor: Grantor,
    work: (role: RoleRecord) => Promise<T>,
  ): Promise<T> {
    return this.hold(id, 'exclusive', grantor, (role) => role.organizationId === scope, work);
  }

  /** The same for granting and revoking, of which many may go on at once; nobody changes or deletes the role meanwhile. */
  assign<T>(
    scope: RoleScope,
    id: string,
    grantor: Grantor,
    work: (role: RoleRecord) => Promise<T>,
  ): Promise<T> {
    return this.hold(id, 'shared', grantor, (role) => isAssignable(role, scope), work);
  }

  private hold<T>(
    id: string,
    strength: 'shared' | 'exclusive',
    grantor: Grantor,
    isVisible: (role: RoleRecord) => boolean,
    work: (role: RoleRecord) => Promise<T>,
  ): Promise<T> {
    return this.transactions.run(async () => {
      const role = isUuid(id) ? await this.roles.lock(id, strength) : null;
      assertThat(role && isVisible(role), RbacErrors.role_not_found);
      assertCovers(grantor, role);
      return work(role);
    }, OPTIONS[strength]);
  }
}

function isAssignable({ organizationId }: RoleRecord, scope: RoleScope): boolean {
  return organizationId === null || organizationId === scope;
}
