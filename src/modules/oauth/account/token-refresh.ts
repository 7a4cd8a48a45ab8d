import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { OAuthErrors } from '../oauth.errors.js';
import { OAuthProviders } from '../provider/oauth-providers.js';
import { ProviderClient, type ProviderTokenSet } from '../provider/provider-client.js';
import type { AccountRecord } from './account.js';
import { AccountRepository } from './account.repository.js';
import { type OpenTokens, ProviderTokenVault } from './provider-token-vault.js';

/** Gets new tokens for the refresh token of an account, and keeps them. */
@Injectable()
export class TokenRefresh {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly providers: OAuthProviders,
    private readonly client: ProviderClient,
    private readonly vault: ProviderTokenVault,
  ) {}

  /** Under the claim of the account. @throws oauth.authorization_required, oauth.provider_unavailable … */
  async refresh(account: AccountRecord): Promise<ProviderTokenSet> {
    const refreshToken = this.vault.open(account, 'refreshToken');
    assertThat(refreshToken !== null, OAuthErrors.authorization_required);
    const given = await this.ask(account, refreshToken);
    const tokens = {
      ...given,
      refreshToken: given.refreshToken ?? refreshToken,
      idToken: given.idToken ?? this.vault.open(account, 'idToken'),
    };
    await this.keep(account, tokens);
    return tokens;
  }

  private async ask(account: AccountRecord, refreshToken: string): Promise<ProviderTokenSet> {
    try {
      return await this.client.refresh(this.providers.get(account.provider), refreshToken, account.scopes);
    } catch (error) {
      if (!(error instanceof AuthError) || !error.is(OAuthErrors.invalid_grant)) throw error;
      // Withdrawn at the provider: it is not asked again with the same token.
      await this.keep(account, { ...NOTHING, scopes: account.scopes });
      throw new AuthError(OAuthErrors.authorization_required, { cause: error });
    }
  }

  /** Unless a sign-in has brought a newer refresh token meanwhile. */
  private async keep(account: AccountRecord, tokens: OpenTokens): Promise<void> {
    const { id, refreshToken } = account;
    await this.accounts.replaceTokens(id, { refreshToken }, this.vault.seal(id, tokens));
  }
}

const NOTHING = { accessToken: null, refreshToken: null, idToken: null, tokenType: null, expiresAt: null };
