import { Injectable } from '@nestjs/common';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import {
  emailKey,
  StepsIntoUserDeletion,
  UserDeleted,
  UserDeletionStep,
  UserRepository,
} from '../../core/index.js';
import { InvitationWithdrawal } from './invitation-withdrawal.js';

/**
 * What an account has sent, and what was sent to the account itself, is withdrawn when it ends. When it is erased, the rest of what is known of its address goes
 * too; foreign keys take what it sent and accepted. An invitation to its address, where the account ends softly, stays: it is bound to the address, and
 * whoever comes later has to prove that.
 */
@Injectable()
@StepsIntoUserDeletion({ order: 60 })
export class InvitationUserDeletion extends UserDeletionStep {
  constructor(
    private readonly users: UserRepository,
    private readonly withdrawal: InvitationWithdrawal,
  ) {
    super();
  }

  override async beforeDelete(userId: string, mode: 'soft' | 'hard'): Promise<void> {
    await this.withdraw(userId);
    if (mode === 'soft') return;
    const user = await this.users.findById(userId);
    if (user?.email && user.emailVerified && user.deletedAt === null)
      await this.withdrawal.removeInvitees([emailKey(user.email)]);
  }

  /** Once more, with the account marked as ended: whoever made an invitation since the step held its row, so that the mark has waited for them. */
  @OnAuthEvent(UserDeleted, { phase: 'transaction' })
  async onDeleted({ userId }: UserDeleted): Promise<void> {
    await this.withdraw(userId);
  }

  private async withdraw(userId: string): Promise<void> {
    await this.withdrawal.revoke({ inviterId: userId });
    await this.withdrawal.revoke({ invitees: [userId] });
  }
}
