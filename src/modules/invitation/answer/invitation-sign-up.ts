import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  CoreErrors,
  NewPassword,
  parseUsername,
  ResolvedCoreOptions,
  type SignInResult,
  SignInService,
} from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import { Acceptance, type AcceptedInvitation } from './acceptance.js';
import { InvitationAccounts, type PreparedAccount } from './invitation-accounts.js';

/** RFC 8176 has no value for a mailed link. */
const METHODS = ['email'] as const;

/** An account to be made with an invitation. */
export interface InvitationSignUpRequest {
  readonly token: string;
  readonly password?: string;
  readonly username?: string;
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale?: string;
}

/** Accepting an invitation and signing up, in one step: the link has proven the address. */
@Injectable()
export class InvitationSignUp {
  constructor(
    private readonly secrets: InvitationSecrets,
    private readonly acceptance: Acceptance,
    private readonly accounts: InvitationAccounts,
    private readonly passwords: NewPassword,
    private readonly signIns: SignInService,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * The registration policy `invite_only` is met, `closed` is not. Where somebody had registered with the address without proving it, the account goes to whoever
   * has the link: its password, sessions and other address are void.
   * @throws core.invalid_code, core.registration_closed, invitation.sign_in_required where the address has an account already, invitation.password_required,
   * core.invalid_username, core.username_reserved, core.username_taken, core.password_common …, core.account_banned …, and what `Acceptance.accept` throws
   */
  async signUp(request: InvitationSignUpRequest, client: ClientInfo): Promise<AcceptedInvitation> {
    const opened = await this.secrets.open(request.token);
    const { email } = opened.invitation;
    assertThat(this.options.registration !== 'closed', CoreErrors.registration_closed);
    assertThat(email !== null, InvitationErrors.sign_in_required);
    await this.accounts.unprovenOwner(email);
    const prepared = await this.prepare(request, email);
    return this.acceptance.accept(opened, () => this.accounts.make(prepared, client), client);
  }

  /** What `signUp` has made, signed in: past the account's state and the gates, in the organization that it was invited into. */
  signIn(
    { user, invitation }: AcceptedInvitation,
    deviceName: string | undefined,
    client: ClientInfo,
  ): Promise<SignInResult> {
    const { organizationId } = invitation;
    const requested = organizationId === null ? {} : { organization_id: organizationId };
    return this.signIns.signIn(user, { methods: METHODS, requested, deviceName }, client);
  }

  private async prepare(request: InvitationSignUpRequest, email: string): Promise<PreparedAccount> {
    const { password, username: wanted } = request;
    assertThat(password !== undefined, InvitationErrors.password_required, {
      fields: [{ field: 'password', code: 'required', message: InvitationErrors.password_required.title }],
    });
    const username = wanted === undefined ? null : parseUsername(wanted, this.options.reservedUsernames);
    const passwordHash = await this.passwords.hash(password, { email, username });
    const { name, firstName, lastName, locale } = request;
    return { email, username, passwordHash, name, firstName, lastName, locale };
  }
}
