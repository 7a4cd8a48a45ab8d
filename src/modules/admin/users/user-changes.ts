import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  CoreErrors,
  EmailChanged,
  EmailRemoved,
  Notifications,
  parseEmailAddress,
  parsePhoneNumber,
  PhoneNumberChanged,
  PhoneNumberRemoved,
  type Principal,
  ResolvedCoreOptions,
  SuperAdmins,
  TokenRepository,
  UpdateProfileRequest,
  UserAdministrationRepository,
  type UserRecord,
  UserService,
  writtenUser,
} from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import type { UpdateUserRequest } from './admin-user.dto.js';

/** Changes of somebody else's profile and addresses, all or nothing. */
@Injectable()
export class UserChanges {
  constructor(
    private readonly actions: AdminActions,
    private readonly users: UserService,
    private readonly managed: UserAdministrationRepository,
    private readonly superAdmins: SuperAdmins,
    private readonly tokens: TokenRepository,
    private readonly notifications: Notifications,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * A new address counts at once, and is as proven as the administrator says.
   * @throws core.user_not_found, core.email_taken …, core.invalid_email …, core.last_sign_in_method where no identifier would be left
   */
  update(
    principal: Principal,
    userId: string,
    body: UpdateUserRequest,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const email = given(body, 'email', parseEmailAddress);
    const phoneNumber = given(body, 'phone_number', parsePhoneNumber);
    return this.actions.run(principal, ADMIN_PERMISSIONS.update, userId, async (_actor, { id }) => {
      if (this.mayEndAccess(email, phoneNumber)) await this.superAdmins.assertNotLast(id);
      const before = await this.users.get(id);
      const changes = { ...UpdateProfileRequest.changesOf(body), username: body.username };
      await this.users.updateProfile(id, changes, client);
      if (email) await this.changeEmail(before, email, client);
      if (phoneNumber) await this.changePhoneNumber(before, phoneNumber, client);
      const user = await this.users.get(id);
      assertThat(user.email ?? user.username ?? user.phoneNumber, CoreErrors.last_sign_in_method);
      return user;
    });
  }

  /** Where a proof is required, nobody acts with an address that is not proven. */
  private mayEndAccess(email: GivenAddress | null, phoneNumber: GivenAddress | null): boolean {
    const { emailVerification, phoneVerification } = this.options;
    return (
      (emailVerification === 'required' && email !== null && !email.verified) ||
      (phoneVerification === 'required' && phoneNumber !== null && !phoneNumber.verified)
    );
  }

  private async changeEmail(
    { id, email, locale }: UserRecord,
    { value, verified }: GivenAddress,
    client: ClientInfo,
  ): Promise<void> {
    if (value === email) return;
    writtenUser(await this.managed.assignEmail(id, value, verified));
    // What was sent to the old address must not work any more.
    await this.tokens.deleteByUserId(id, ['email_verification', 'email_change', 'password_reset']);
    const now = this.clock.now();
    await this.events.emit(
      value === null ? new EmailRemoved(id, client, now) : new EmailChanged(id, client, now),
    );
    if (email === null) return;
    if (value === null) await this.notifications.email('email_removed', { to: email, locale, data: {} });
    else await this.notifications.email('email_changed', { to: email, locale, data: { newEmail: value } });
  }

  private async changePhoneNumber(
    { id, email, phoneNumber, locale }: UserRecord,
    { value, verified }: GivenAddress,
    client: ClientInfo,
  ): Promise<void> {
    if (value === phoneNumber) return;
    writtenUser(await this.managed.assignPhoneNumber(id, value, verified));
    await this.tokens.deleteByUserId(id, ['phone_verification', 'phone_change', 'password_reset']);
    const now = this.clock.now();
    await this.events.emit(
      value === null ? new PhoneNumberRemoved(id, client, now) : new PhoneNumberChanged(id, client, now),
    );
    if (email !== null)
      await this.notifications.email('phone_number_changed', { to: email, locale, data: {} });
  }
}

interface GivenAddress {
  /** Parsed; `null` takes it off. */
  readonly value: string | null;
  readonly verified: boolean;
}

/** `null`: it stays as it is. @throws core.validation_failed where there is nothing to vouch for */
function given(
  body: UpdateUserRequest,
  field: 'email' | 'phone_number',
  parse: (text: string) => string,
): GivenAddress | null {
  const [value, verified] = [body[field], body[`${field}_verified`]];
  if (value !== undefined)
    return { value: value === null ? null : parse(value), verified: verified ?? false };
  assertThat(verified === undefined, GeneralErrors.validation_failed, {
    fields: [
      {
        field: `${field}_verified`,
        code: 'without_address',
        message: `${field}_verified goes with ${field}`,
      },
    ],
  });
  return null;
}
