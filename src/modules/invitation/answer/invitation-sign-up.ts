import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  AccountCheck,
  AccountCreation,
  AddressClaim,
  CoreErrors,
  NewPassword,
  parseUsername,
  ResolvedCoreOptions,
  SignInService,
  type SignInResult,
  type UserRecord,
  UserRepository,
  WelcomeMail,
} from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import type { Invitee } from '../scope/invitation-scope.js';
import { Acceptance, type Accepted } from './acceptance.js';

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

/** A new account's fields, its password hashed. */
interface Prepared {
  readonly request: InvitationSignUpRequest;
  readonly email: string;
  readonly username: string | null;
  readonly passwordHash: string;
}

/** Accepting an invitation and signing up, in one step: the link has proven the address. */
@Injectable()
export class InvitationSignUp {
  constructor(
    private readonly secrets: InvitationSecrets,
    private readonly acceptance: Acceptance,
    private readonly users: UserRepository,
    private readonly creation: AccountCreation,
    private readonly claims: AddressClaim,
    private readonly accounts: AccountCheck,
    private readonly welcome: WelcomeMail,
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
  async signUp(request: InvitationSignUpRequest, client: ClientInfo): Promise<Accepted> {
    const opened = await this.secrets.open(request.token);
    const { email } = opened.invitation;
    assertThat(this.options.registration !== 'closed', CoreErrors.registration_closed);
    assertThat(email !== null, InvitationErrors.sign_in_required);
    await this.unprovenOwner(email);
    const prepared = await this.prepare(request, email);
    return this.acceptance.accept(opened, () => this.invitee(prepared, client), client);
  }

  /** What `signUp` has made, signed in: past the account's state and the gates, in the organization that it was invited into. */
  signIn(
    { user, invitation }: Accepted,
    deviceName: string | undefined,
    client: ClientInfo,
  ): Promise<SignInResult> {
    const { organizationId } = invitation;
    const requested = organizationId === null ? {} : { organization_id: organizationId };
    return this.signIns.signIn(user, { methods: METHODS, requested, deviceName }, client);
  }

  private async prepare(request: InvitationSignUpRequest, email: string): Promise<Prepared> {
    const { password, username: wanted } = request;
    assertThat(password !== undefined, InvitationErrors.password_required, {
      fields: [{ field: 'password', code: 'required', message: InvitationErrors.password_required.title }],
    });
    const username = wanted === undefined ? null : parseUsername(wanted, this.options.reservedUsernames);
    const passwordHash = await this.passwords.hash(password, { email, username });
    return { request, email, username, passwordHash };
  }

  private async invitee(prepared: Prepared, client: ClientInfo): Promise<Invitee> {
    const owner = await this.unprovenOwner(prepared.email);
    const user = owner ? await this.claim(owner, prepared, client) : await this.create(prepared, client);
    return { user, registered: true };
  }

  private async create(
    { request, email, username, passwordHash }: Prepared,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const { name, firstName, lastName, locale } = request;
    const user = await this.creation.create(
      { email, emailVerified: true, username, passwordHash, name, firstName, lastName, locale },
      client,
    );
    await this.welcome.send(user);
    return user;
  }

  private async claim(
    owner: UserRecord,
    { email, passwordHash }: Prepared,
    client: ClientInfo,
  ): Promise<UserRecord> {
    this.accounts.assertMayAct({ ...owner, emailVerified: true });
    const claimed = await this.claims.claim(owner, { field: 'email', value: email }, client);
    const { tokenVersion } = claimed;
    const user = await this.users.setPassword(claimed.id, passwordHash, { tokenVersion });
    assertThat(user, CoreErrors.invalid_code);
    return user;
  }

  /** Whoever registered with the address and has not proven it. @throws invitation.sign_in_required where somebody has */
  private async unprovenOwner(email: string): Promise<UserRecord | null> {
    const user = await this.users.findByEmail(email);
    if (user?.emailVerified) throw new AuthError(InvitationErrors.sign_in_required);
    return user;
  }
}
