import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { OAuthErrors } from '../oauth.errors.js';
import { ResolvedOAuthOptions } from '../oauth.options.js';
import type { OAuthProvider } from './oauth-provider.js';

/** The providers that are configured. */
@Injectable()
export class OAuthProviders {
  /** In the order in which they were given. */
  readonly all: readonly OAuthProvider[];
  private readonly byId: ReadonlyMap<string, OAuthProvider>;

  constructor({ providers }: ResolvedOAuthOptions) {
    this.all = providers;
    this.byId = new Map(providers.map((provider) => [provider.id, provider]));
  }

  /** @throws oauth.provider_not_found */
  get(id: string): OAuthProvider {
    const provider = this.byId.get(id);
    assertThat(provider, OAuthErrors.provider_not_found);
    return provider;
  }

  /** Its name for people; its id where it is not configured any more. */
  nameOf(id: string): string {
    return this.byId.get(id)?.name ?? id;
  }

  get ids(): readonly string[] {
    return this.all.map(({ id }) => id);
  }
}
