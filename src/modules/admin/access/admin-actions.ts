import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import {
  CoreErrors,
  type Principal,
  UserAdministrationRepository,
  UserRepository,
  type UserRecord,
} from '../../core/index.js';
import { AdminErrors } from '../admin.errors.js';
import { type AdminActor, AdminActors, type AdminRight } from './admin-actors.js';

/** The frame of whatever an administrator does to an account. */
@Injectable()
export class AdminActions {
  constructor(
    private readonly actors: AdminActors,
    private readonly users: UserRepository,
    private readonly managed: UserAdministrationRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /** An account, deleted or not. @throws core.user_not_found */
  async find(userId: string): Promise<UserRecord> {
    const user = isUuid(userId) ? await this.users.findById(userId.toLowerCase()) : null;
    assertThat(user, CoreErrors.user_not_found);
    return user;
  }

  /**
   * Runs `work` in a transaction in which nobody lifts the account above the administrator.
   * @throws core.user_not_found, admin.permission_required, admin.super_admin_required, admin.super_admin_protected, admin.above_ceiling
   */
  async run<T>(
    principal: Principal,
    right: AdminRight,
    userId: string,
    work: (actor: AdminActor, target: UserRecord) => Promise<T>,
  ): Promise<T> {
    const actor = await this.actors.require(principal, right);
    return this.transactions.run(async () => work(actor, await this.hold(actor, userId)));
  }

  /** The same for what has to be done before the transaction, a hash say; `hold` has to follow in it. */
  async check(principal: Principal, right: AdminRight, userId: string): Promise<[AdminActor, UserRecord]> {
    const actor = await this.actors.require(principal, right);
    const target = await this.find(userId);
    await this.actors.assertMayTouch(actor, target);
    return [actor, target];
  }

  /** In a transaction: the account as it is now, and for who is no super admin as it stays. */
  async hold(actor: AdminActor, userId: string): Promise<UserRecord> {
    // Super admins lock one another in one order (`SuperAdmins`), and nobody is above them.
    if (actor.isSuperAdmin) return this.find(userId);
    const target = isUuid(userId) ? await this.managed.lock(userId.toLowerCase()) : null;
    assertThat(target, CoreErrors.user_not_found);
    await this.actors.assertMayTouch(actor, target);
    return target;
  }

  /** @throws admin.own_account */
  assertNotSelf(actor: AdminActor, target: UserRecord): void {
    assertThat(actor.userId !== target.id, AdminErrors.own_account);
  }
}
