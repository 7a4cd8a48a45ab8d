import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { PrincipalUsers } from '../http/principal-users.js';
import { accountOf } from './reauthentication.js';
import { UpdateProfileRequest, UserResponse } from './user.dto.js';
import type { UserRecord } from './user.js';
import { UserService } from './user.service.js';

/** The account of whoever makes the request, with the changes that wait for their proof. */
@Injectable()
export class ProfileService {
  constructor(
    private readonly users: UserService,
    private readonly accounts: PrincipalUsers,
  ) {}

  async show(principal: Principal): Promise<UserResponse> {
    const user = await this.accounts.find(principal);
    assertThat(user, CoreErrors.user_not_found);
    return this.present(user, principal);
  }

  /** @throws core.invalid_username, core.username_reserved, core.username_taken */
  async update(
    principal: Principal,
    request: UpdateProfileRequest,
    client: ClientInfo,
  ): Promise<UserResponse> {
    const changes = { ...UpdateProfileRequest.changesOf(request), username: request.username };
    // A name that one signs in with is a credential.
    assertThat(!principal.actor || request.username === undefined, CoreErrors.impersonated);
    return this.present(await this.users.updateProfile(accountOf(principal), changes, client), principal);
  }

  private async present(user: UserRecord, { actor }: Principal): Promise<UserResponse> {
    const pending = await this.users.getPendingChanges(user.id);
    return UserResponse.from(user, { ...pending, impersonatedBy: actor?.userId ?? null });
  }
}
