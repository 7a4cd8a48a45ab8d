import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { LoginFailed, type SignInResult, SignInService, type UserRecord } from '../../core/index.js';

/** How a sign-in by a provider is named in `amr`: federated, as others name it; RFC 8176 has no value. */
export const FEDERATED = 'fed';

/** Signs in a user whom a provider has told apart, on the one path of every sign-in. */
@Injectable()
export class FederatedSignIn {
  constructor(
    private readonly signIns: SignInService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws what `SignInService.signIn` throws */
  async signIn(user: UserRecord, deviceName: string | null, client: ClientInfo): Promise<SignInResult> {
    try {
      return await this.signIns.signIn(user, { methods: [FEDERATED], deviceName }, client);
    } catch (error) {
      if (error instanceof AuthError && error.status < 500)
        await this.events.emit(new LoginFailed(user.id, error.code, client, this.clock.now(), FEDERATED));
      throw error;
    }
  }
}
