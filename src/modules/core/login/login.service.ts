import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { Traced } from '../../../shared/tracing/traced.js';
import { LoginFailed } from '../core.events.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { type NamedAccount, parseLoginIdentifier } from './login-identifier.js';
import { PasswordCheck } from './password-check.js';
import type { SignInResult } from './sign-in-result.js';
import { SignInService } from './sign-in.service.js';

export interface LoginRequest extends NamedAccount {
  readonly password: string;
  readonly device_name?: string;
}

/** Login by password. */
@Injectable()
export class LoginService {
  constructor(
    private readonly passwords: PasswordCheck,
    private readonly signIns: SignInService,
    private readonly users: UserRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws core.identifier_required, what `PasswordCheck.byIdentifier` throws, and after the right password what `SignInService.signIn` throws */
  @Traced('castellan.login')
  async login(request: LoginRequest, client: ClientInfo): Promise<SignInResult> {
    const user = await this.passwords.byIdentifier(parseLoginIdentifier(request), request.password, client);
    const result = await this.signIn(user, request, client);
    // A session's start clears the counter in a statement of its own.
    if (result.status === 'challenge_required') await this.users.clearLoginAttempts(user.id);
    return result;
  }

  private async signIn(user: UserRecord, request: LoginRequest, client: ClientInfo): Promise<SignInResult> {
    try {
      return await this.signIns.signIn(
        user,
        { methods: ['pwd'], deviceName: request.device_name ?? null },
        client,
      );
    } catch (error) {
      if (error instanceof AuthError && error.status < 500) {
        await this.users.clearLoginAttempts(user.id);
        await this.events.emit(new LoginFailed(user.id, error.code, client, this.clock.now(), 'pwd'));
      }
      throw error;
    }
  }
}
