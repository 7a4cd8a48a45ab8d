import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { CoreErrors } from '../core.errors.js';
import { AccountCheck } from '../login/account-check.js';
import { UserAdministrationRepository } from './user-administration.repository.js';

/** Keeps a super admin, whatever happens at once. */
@Injectable()
export class SuperAdmins {
  constructor(
    private readonly users: UserAdministrationRepository,
    private readonly accounts: AccountCheck,
  ) {}

  /**
   * In the transaction that bans, switches off, deletes or demotes the account, before that is written. One statement, which locks the super admins (and
   * nobody, where the account is none): of two who take each other away one waits, and finds himself the last.
   * @throws core.last_super_admin where no other super admin could act
   */
  async assertNotLast(userId: string): Promise<void> {
    const admins = await this.users.lockSuperAdmins(userId);
    const acting = admins.filter((admin) => this.accounts.mayAct(admin));
    const isLast = acting.length === 1 && acting[0]?.id === userId;
    assertThat(!isLast, CoreErrors.last_super_admin);
  }
}
