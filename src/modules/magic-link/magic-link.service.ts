import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { assertRedirectTarget, redirectWith } from '../../shared/http/redirect-target.js';
import {
  type ChallengeRequired,
  PageCatalogue,
  type Principal,
  ResolvedCoreOptions,
  SessionService,
  type SignInResult,
  SignInService,
  type UserRecord,
} from '../core/index.js';
import { MagicLinkExchanges } from './magic-link-exchanges.js';
import { type MagicLinkProof, MagicLinkProofs } from './magic-link-proofs.js';
import { wishesOf } from './magic-link-secret.js';

/** RFC 8176 has no value for a mailed link; a second factor it is not, whichever way it was shown. */
const METHODS = ['email'] as const;

/** The query parameter of a redirect target that carries the exchange code. */
const EXCHANGE_PARAMETER = 'magic_link_code';

/** Where a sign-in comes from. */
export interface SignInContext {
  readonly client: ClientInfo;
  /** The session that the request belongs to already; it ends. */
  readonly earlier?: Principal;
  readonly deviceName?: string;
}

/** What the page of a link has to do next. */
export interface OpenedLink {
  readonly status: 'redirect' | 'signed_in' | 'challenge_required' | 'enter_code';
  readonly redirectTo?: string;
  /** For the page that takes the challenge, whose name this is; it goes on to `redirectTo`. */
  readonly challenge?: ChallengeRequired & { readonly page: string };
  /** Whose cookies go out with the answer. */
  readonly signIn?: SignInResult & { readonly status: 'authenticated' };
}

/** Sign-in by a mailed link or its code. */
@Injectable()
export class MagicLinkService {
  constructor(
    private readonly proofs: MagicLinkProofs,
    private readonly exchanges: MagicLinkExchanges,
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly pages: PageCatalogue,
    private readonly core: ResolvedCoreOptions,
  ) {}

  /** For an app that has the link's token or the code itself. @throws what `MagicLinkProofs` and `SignInService.signIn` throw */
  async confirm(proof: MagicLinkProof, context: SignInContext): Promise<SignInResult> {
    const secret = await this.proofs.find(proof, context.client);
    return this.signIn(await this.proofs.redeem(secret, proof, context.client), context);
  }

  /**
   * For the page that the link leads to, which can keep cookies and nothing else. Where cookies alone carry tokens, it signs in; a challenge is
   * taken by the bundled page that there is for it, and where there is none by the app at the redirect target. Else the app there gets a code for the
   * answer of the sign-in; without a target nothing is consumed, and the code of the message is left for the place where it was asked for.
   * @throws as `confirm`, and core.redirect_not_allowed
   */
  async open(proof: MagicLinkProof, context: SignInContext): Promise<OpenedLink> {
    const secret = await this.proofs.find(proof, context.client);
    const { redirectTo } = wishesOf(secret);
    const target = redirectTo === null ? null : assertRedirectTarget(redirectTo, this.core.redirectAllowlist);
    const byCookie = this.core.session.transport === 'cookie';
    if (!target && !byCookie) return { status: 'enter_code' };
    const user = await this.proofs.redeem(secret, proof, context.client);
    const result = byCookie ? await this.signIn(user, context) : null;
    if (result?.status === 'authenticated') {
      return target
        ? { status: 'redirect', redirectTo: target.href, signIn: result }
        : { status: 'signed_in', signIn: result };
    }
    const page = result ? this.pages.completing(result.challenges) : null;
    if (result && page !== null)
      return { status: 'challenge_required', redirectTo: target?.href, challenge: { ...result, page } };
    if (!target) return { status: 'challenge_required' };
    const code = await this.exchanges.issue(user);
    return { status: 'redirect', redirectTo: redirectWith(target, { [EXCHANGE_PARAMETER]: code }) };
  }

  /** For the app at the redirect target. @throws core.invalid_code, and what `SignInService.signIn` throws */
  async exchange(code: string, context: SignInContext): Promise<SignInResult> {
    return this.signIn(await this.exchanges.redeem(code), context);
  }

  private async signIn(
    user: UserRecord,
    { client, earlier, deviceName }: SignInContext,
  ): Promise<SignInResult> {
    const result = await this.signIns.signIn(user, { methods: METHODS, deviceName }, client);
    // As at every login: the session that came with the request is never carried over.
    if (earlier && result.status === 'authenticated') await this.sessions.logout(earlier, client);
    return result;
  }
}
