import { Injectable } from '@nestjs/common';
import { EventBus } from '../../shared/events/event-bus.js';
import { OnAuthEvent } from '../../shared/events/on-auth-event.js';
import { AddressClaimed, PasswordChanged, PasswordReset } from '../core/index.js';
import { FactorRemoval } from './factor/factor-removal.js';
import { TrustedDevicesService } from './trusted-device/trusted-devices.service.js';
import { TwoFactorDisabled } from './two-factor.events.js';

/** Ends what must not outlive a change of the account, in the transaction of that change. */
@Injectable()
export class CredentialVoiding {
  constructor(
    private readonly removal: FactorRemoval,
    private readonly devices: TrustedDevicesService,
    private readonly events: EventBus,
  ) {}

  /** Whoever had registered without proving the address may have set up factors of their own. */
  @OnAuthEvent(AddressClaimed, { phase: 'transaction' })
  async onAddressClaimed({ userId, client, occurredAt }: AddressClaimed): Promise<void> {
    const { methods } = await this.removal.remove(userId, client);
    if (methods.length > 0)
      await this.events.emit(new TwoFactorDisabled(userId, methods, client, occurredAt));
  }

  /** Second factors stay: a new password does not get past them. */
  @OnAuthEvent(PasswordChanged, { phase: 'transaction' })
  @OnAuthEvent(PasswordReset, { phase: 'transaction' })
  async onNewPassword({ userId, client }: PasswordChanged): Promise<void> {
    await this.devices.endAll(userId, client);
  }
}
