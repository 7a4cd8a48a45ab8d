import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors, SingleUseSecrets, TokenRepository, type TokenRecord } from '../../core/index.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';

declare module '../../core/token/token.js' {
  interface TokenPurposes {
    /** The link of an invitation; its subject is the invitation's id. */
    invitation: true;
  }
}

/** An invitation with the secret of its link, which nobody has used yet. */
export interface OpenedInvitation {
  readonly invitation: InvitationRecord;
  readonly secret: TokenRecord;
}

/** The links of invitations: core's single-use secrets. A new one voids the older. */
@Injectable()
export class InvitationSecrets {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly tokens: TokenRepository,
    private readonly invitations: InvitationRepository,
    private readonly clock: Clock,
  ) {}

  /** The token of a new link; joins the transaction. */
  async issue({ id, email, expiresAt }: InvitationRecord, recipient: string): Promise<string> {
    const { token } = await this.secrets.issue({
      purpose: 'invitation',
      subject: id,
      // Of no account: what an account's secrets are voided by is no business of an invitation.
      userId: null,
      email: email ?? recipient,
      ttlMs: expiresAt.getTime() - this.clock.now().getTime(),
    });
    if (token === null) throw new Error('A link has to have a token.');
    return token;
  }

  /** Consumes nothing. @throws core.invalid_code for whatever is wrong with the link or its invitation */
  async open(token: string): Promise<OpenedInvitation> {
    const secret = await this.secrets.peek('invitation', token);
    const invitation = await this.invitations.findById(secret.subject);
    if (invitation?.status !== 'pending' || invitation.expiresAt <= this.clock.now())
      throw new AuthError(CoreErrors.invalid_code);
    return { invitation, secret };
  }

  /** Of any number of simultaneous calls one passes; joins the transaction. @throws core.invalid_code */
  async consume(secret: TokenRecord): Promise<void> {
    await this.secrets.consume(secret);
  }

  /** Makes the links of these invitations useless; joins the transaction. */
  async void(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.tokens.deleteBySubject('invitation', id);
  }
}
