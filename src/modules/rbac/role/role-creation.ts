import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { assertCovers, type Grantor } from '../permission/grantor.js';
import { PermissionSet } from '../permission/permission-set.js';
import { RoleCreated } from '../rbac.events.js';
import type { NewRole, RoleRecord, RoleScope } from './role.js';
import { assertRoleInput } from './role-input.js';
import { RoleRepository } from './role.repository.js';

/** Makes roles. */
@Injectable()
export class RoleCreation {
  constructor(
    private readonly roles: RoleRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** `null`: the slug is taken in the scope. @throws core.validation_failed, rbac.above_ceiling */
  async create(
    scope: RoleScope,
    input: NewRole,
    reserved: boolean,
    grantor: Grantor,
    client: ClientInfo,
  ): Promise<RoleRecord | null> {
    assertRoleInput(input);
    const role = this.record(scope, input, reserved);
    assertCovers(grantor, role);
    return this.transactions.run(async () => {
      if (!(await this.roles.create(role))) return null;
      await this.events.emit(new RoleCreated(role, grantor.userId, client, role.createdAt));
      return role;
    });
  }

  private record(organizationId: RoleScope, input: NewRole, reserved: boolean): RoleRecord {
    const now = this.clock.now();
    return {
      id: this.ids.next(),
      realmId: DEFAULT_REALM_ID,
      organizationId,
      slug: input.slug,
      name: input.name,
      description: input.description ?? null,
      permissions: PermissionSet.of(input.permissions).toArray(),
      reserved,
      createdAt: now,
      updatedAt: now,
    };
  }
}
