import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { AddressCooldown, AddressRequests, emailKey, parseEmailAddress } from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord } from '../invitation/invitation.js';

const PURPOSE = 'invitation';

/** Whom to invite: one of the two. */
export interface InviteeName {
  readonly email?: string;
  readonly userId?: string;
}

/** Whom an invitation is bound to. */
export type InviteeKey = Pick<InvitationRecord, 'email' | 'userId' | 'invitee'>;

/** Whom invitations go to, and how often. */
@Injectable()
export class Invitees {
  constructor(
    private readonly requests: AddressRequests,
    private readonly cooldown: AddressCooldown,
  ) {}

  /** @throws invitation.invitee_required, core.invalid_email */
  keyOf({ email, userId }: InviteeName): InviteeKey {
    assertThat((email === undefined) !== (userId === undefined), InvitationErrors.invitee_required);
    if (email !== undefined) {
      const address = parseEmailAddress(email);
      return { email: address, userId: null, invitee: emailKey(address) };
    }
    assertThat(userId !== undefined && isUuid(userId), InvitationErrors.invitee_required);
    const id = userId.toLowerCase();
    return { email: null, userId: id, invitee: id };
  }

  /** For a filter; `undefined` where neither is named. @throws as `keyOf` */
  filterOf(name: InviteeName): readonly string[] | undefined {
    if (name.email === undefined && name.userId === undefined) return undefined;
    return [this.keyOf(name).invitee];
  }

  /** Counts a first message against whom it goes to: five an hour. Outside of transactions. @throws core.sender_unavailable, core.rate_limited */
  async countFirst({ email, invitee }: InviteeKey): Promise<void> {
    if (email === null) await this.cooldown.askFirst(PURPOSE, invitee);
    else await this.requests.countFirst(PURPOSE, { field: 'email', value: email });
  }

  /** The same for one more: one a minute. @throws core.sender_unavailable, core.rate_limited */
  async countAgain({ email, invitee }: InviteeKey): Promise<void> {
    if (email === null) await this.cooldown.ask(PURPOSE, invitee);
    else await this.requests.count(PURPOSE, { field: 'email', value: email });
  }
}
