import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { ClaimsChanges } from '../../core/index.js';
import { RoleAssignmentRepository } from '../assignment/role-assignment.repository.js';
import type { Grantor } from '../permission/grantor.js';
import { PermissionSet } from '../permission/permission-set.js';
import { RbacErrors } from '../rbac.errors.js';
import { RoleDeleted, RoleUpdated } from '../rbac.events.js';
import type { RoleChanges, RoleRecord } from './role.js';
import { RoleRepository } from './role.repository.js';

/** Changes and deletes roles that the caller holds (`RoleAccess.change`); whoever has them gets other claims. */
@Injectable()
export class RoleRevision {
  constructor(
    private readonly roles: RoleRepository,
    private readonly assignments: RoleAssignmentRepository,
    private readonly claims: ClaimsChanges,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Does nothing where nothing would change. */
  async update(
    role: RoleRecord,
    { permissions, ...texts }: RoleChanges,
    grantor: Grantor,
    client: ClientInfo,
  ): Promise<RoleRecord> {
    const granted = permissions && PermissionSet.of(permissions).toArray();
    const regranted = granted !== undefined && granted.join(' ') !== role.permissions.join(' ');
    if (!regranted && !differs(role, texts)) return role;
    if (regranted) await this.announce(role);
    const updated = await this.roles.update(role.id, { ...texts, permissions: granted });
    assertThat(updated, RbacErrors.role_not_found);
    await this.events.emit(new RoleUpdated(updated, role, grantor.userId, client, this.clock.now()));
    return updated;
  }

  async delete(role: RoleRecord, grantor: Grantor, client: ClientInfo): Promise<void> {
    await this.announce(role);
    await this.roles.delete(role.id);
    await this.events.emit(new RoleDeleted(role, grantor.userId, client, this.clock.now()));
  }

  /** Nobody gets or loses the role while it is held, so these are all. */
  private async announce({ id }: RoleRecord): Promise<void> {
    await this.claims.announce(await this.assignments.holdersOf(id));
  }
}

function differs(role: RoleRecord, changes: Omit<RoleChanges, 'permissions'>): boolean {
  return (['name', 'description', 'reserved'] as const).some(
    (field) => changes[field] !== undefined && changes[field] !== role[field],
  );
}
