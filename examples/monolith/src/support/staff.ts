import { Injectable } from '@nestjs/common';
import {
  InvitationAccepted,
  OnAuthEvent,
  PlatformInvitations,
  RoleAssignments,
  RoleService,
  SYSTEM_CLIENT,
  SYSTEM_GRANTOR,
} from '../../../../src/index.js';
import { CustomersService } from '../customers/customers.service.js';

/** Gives the role that `monolith.module.ts` declares. It counts with the next request, and nobody is signed out. */
@Injectable()
export class Staff {
  constructor(
    private readonly customers: CustomersService,
    private readonly roles: RoleService,
    private readonly assignments: RoleAssignments,
    private readonly invitations: PlatformInvitations,
  ) {}

  async hire(customerId: number): Promise<void> {
    const { castellanUserId } = await this.customers.get(customerId);
    await this.giveRole(castellanUserId ?? '');
  }

  /** Somebody who may have no account yet. The purpose says what the invitation is for: what becomes of it is up to `onAccepted`. */
  async invite(email: string): Promise<void> {
    const nobody = { userId: null, type: 'system', client: SYSTEM_CLIENT } as const;
    await this.invitations.create({ email, purpose: 'warehouse' }, nobody);
  }

  /** In the transaction that accepts: whoever is in has the role, or neither is so. */
  @OnAuthEvent(InvitationAccepted, { phase: 'transaction' })
  async onAccepted({ invitation, userId }: InvitationAccepted): Promise<void> {
    if (invitation.purpose === 'warehouse') await this.giveRole(userId);
  }

  private async giveRole(accountId: string): Promise<void> {
    const role = await this.roles.getBySlug(null, 'warehouse');
    await this.assignments.assign(null, role.id, accountId, SYSTEM_GRANTOR, SYSTEM_CLIENT);
  }
}
