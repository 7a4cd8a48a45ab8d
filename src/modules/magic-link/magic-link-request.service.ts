import { Injectable } from '@nestjs/common';
import { assertThat } from '../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { assertRedirectTarget } from '../../shared/http/redirect-target.js';
import { AddressRequests, Outbox, parseEmailAddress, ResolvedCoreOptions } from '../core/index.js';
import { AutoRegistration } from './auto-registration.js';
import type { LinkRequest } from './magic-link-secret.js';
import { MagicLinkErrors } from './magic-link.errors.js';
import { ResolvedMagicLinkOptions } from './magic-link.options.js';

/** Topic of the outbox. */
export const MAGIC_LINK_REQUEST = 'magic_link_request';

export interface MagicLinkWish {
  readonly email: string;
  readonly redirectTo?: string;
  readonly username?: string;
  readonly locale?: string;
}

/** Takes in the wish for a link. Reads no account: whether the address is known is a worker's to find out. */
@Injectable()
export class MagicLinkRequestService {
  constructor(
    private readonly requests: AddressRequests,
    private readonly outbox: Outbox,
    private readonly registration: AutoRegistration,
    private readonly options: ResolvedMagicLinkOptions,
    private readonly core: ResolvedCoreOptions,
  ) {}

  /**
   * Answers alike for every address. `browser`: hash of the asking browser's mark, where links are bound to it.
   * @throws core.invalid_email, core.invalid_username, core.username_reserved, core.redirect_not_allowed, magic_link.redirect_required,
   * core.sender_unavailable, core.rate_limited
   */
  async request(wish: MagicLinkWish, browser: string | null, client: ClientInfo): Promise<void> {
    const email = parseEmailAddress(wish.email);
    const username = this.registration.parseUsername(wish.username);
    const redirectTo = this.redirectOf(wish);
    await this.requests.count('magic_link', { field: 'email', value: email });
    const request: LinkRequest = {
      email,
      redirectTo,
      browser,
      username,
      locale: wish.locale ?? null,
      client,
    };
    await this.outbox.enqueue(MAGIC_LINK_REQUEST, request);
  }

  private redirectOf({ redirectTo }: MagicLinkWish): string | null {
    if (redirectTo !== undefined) return assertRedirectTarget(redirectTo, this.core.redirectAllowlist).href;
    const { bundledPage, code } = this.options;
    // Our own page could hand the tokens to nobody, and there would be no code to enter elsewhere.
    const deadEnd = bundledPage && !code && this.core.session.transport !== 'cookie';
    assertThat(!deadEnd, MagicLinkErrors.redirect_required);
    return null;
  }
}
