import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  AccountCheck,
  CoreErrors,
  emailKey,
  EmailVerified,
  type UserRecord,
  UserRepository,
} from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord } from '../invitation/invitation.js';

/** Accounts, as invitations look at them. */
@Injectable()
export class InvitedAccounts {
  constructor(
    private readonly users: UserRepository,
    private readonly accounts: AccountCheck,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws core.account_deleted, core.account_banned … */
  async require(userId: string): Promise<UserRecord> {
    const user = await this.users.findById(userId);
    assertThat(user, CoreErrors.account_deleted);
    this.accounts.assertMayAct(user);
    return user;
  }

  /** What invitations to an account are bound to. An address that is not proven is anybody's. */
  keysOf({ id, email, emailVerified }: UserRecord): string[] {
    return emailVerified && email !== null ? [id, emailKey(email)] : [id];
  }

  /** The account that the invitation is for. @throws invitation.not_found */
  async requireInvited(userId: string, { invitee }: InvitationRecord): Promise<UserRecord> {
    const user = await this.require(userId);
    assertThat(this.keysOf(user).includes(invitee), InvitationErrors.not_found);
    return user;
  }

  /** The same for whoever has shown the link: it proves the address, where the account has it. @throws invitation.other_account */
  async requireByLink(
    userId: string,
    { invitee }: InvitationRecord,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const user = await this.require(userId);
    if (this.keysOf(user).includes(invitee)) return user;
    const { email } = user;
    assertThat(email !== null && emailKey(email) === invitee, InvitationErrors.other_account);
    const proven = await this.users.verifyEmail(user.id, email);
    assertThat(proven, InvitationErrors.other_account);
    await this.events.emit(new EmailVerified(user.id, client, this.clock.now()));
    return proven;
  }
}
