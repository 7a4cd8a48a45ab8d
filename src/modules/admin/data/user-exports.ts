import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { type Principal, type UserRecord } from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { AdminUserExported } from '../admin.events.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';

/** Who reads all that is kept of somebody else. */
@Injectable()
export class UserExports {
  constructor(
    private readonly actions: AdminActions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** The account whose data may be exported, deleted or not; the export is on record then. @throws core.user_not_found */
  open(principal: Principal, userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.export, userId, async (actor, target) => {
      await this.events.emit(new AdminUserExported(target.id, actor.userId, client, this.clock.now()));
      return target;
    });
  }
}
