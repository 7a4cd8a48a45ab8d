import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { Clock } from '../../../shared/time/clock.js';
import { OAuthErrors } from '../oauth.errors.js';
import { OAuthProviders } from '../provider/oauth-providers.js';
import type { AccountRecord } from './account.js';
import { AccountRepository } from './account.repository.js';
import { ProviderTokenVault } from './provider-token-vault.js';
import { CLAIM_MS, RefreshClaims } from './refresh-claims.js';
import { TokenRefresh } from './token-refresh.js';

/** An access token to a provider's API, in clear. */
export interface ProviderAccess {
  readonly accessToken: string;
  readonly tokenType: string;
  readonly scopes: readonly string[];
  /** `null`: the provider did not tell. */
  readonly expiresAt: Date | null;
}

/** A token is renewed so long before its end. */
const MARGIN_MS = 60_000;
const WAIT_MS = 100;
const MAX_WAITS = CLAIM_MS / WAIT_MS;

/** Access tokens of users to the APIs of their providers, for the host. Refreshed when they are about to end: by one caller at a time, on any node. */
@Injectable()
export class ProviderTokens {
  private readonly renewals = new Map<string, Promise<ProviderAccess>>();

  constructor(
    private readonly accounts: AccountRepository,
    private readonly providers: OAuthProviders,
    private readonly vault: ProviderTokenVault,
    private readonly refreshes: TokenRefresh,
    private readonly claims: RefreshClaims,
    private readonly clock: Clock,
  ) {}

  /**
   * Of several accounts of the user at the provider, that which was used last. Outside of transactions.
   * @throws oauth.account_not_found, oauth.provider_not_found, oauth.authorization_required where the user has to sign in at the provider again,
   * oauth.provider_unavailable …
   */
  async get(userId: string, providerId: string): Promise<ProviderAccess> {
    const { id: provider } = this.providers.get(providerId);
    const account = await this.accounts.findByUserIdAndProvider(userId, provider);
    assertThat(account, OAuthErrors.account_not_found);
    const access = this.accessOf(account);
    if (access) return access;
    let renewal = this.renewals.get(account.id);
    if (!renewal) {
      renewal = this.renew(account.id).finally(() => this.renewals.delete(account.id));
      this.renewals.set(account.id, renewal);
    }
    return renewal;
  }

  private async renew(id: string): Promise<ProviderAccess> {
    for (let waits = 0; waits < MAX_WAITS; waits += 1) {
      // Somebody else may have been at it between the look and the claim.
      const renewed = await this.claims.hold(
        id,
        (claimed) => this.accessOf(claimed) ?? this.refreshes.refresh(claimed),
      );
      if (renewed) return renewed;
      await sleep(WAIT_MS);
      const account = await this.accounts.findById(id);
      assertThat(account, OAuthErrors.account_not_found);
      const access = this.accessOf(account);
      if (access) return access;
    }
    throw new AuthError(OAuthErrors.provider_unavailable);
  }

  private accessOf(account: AccountRecord): ProviderAccess | null {
    const { expiresAt, scopes, tokenType } = account;
    if (expiresAt !== null && expiresAt.getTime() - this.clock.now().getTime() <= MARGIN_MS) return null;
    const accessToken = this.vault.open(account, 'accessToken');
    return accessToken === null ? null : { accessToken, tokenType: tokenType ?? 'bearer', scopes, expiresAt };
  }
}
