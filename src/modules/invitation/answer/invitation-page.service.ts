import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { type Principal, ResolvedCoreOptions, type SignInResult } from '../../core/index.js';
import { InvitationSignUp } from './invitation-sign-up.js';
import { OwnInvitations } from './own-invitations.js';

/** What somebody enters on the page. */
export interface PageAnswer {
  readonly token: string;
  readonly password?: string;
  readonly username?: string;
}

/** What the page shows next. */
export interface OpenedPage {
  readonly status: 'accepted' | 'registered' | 'signed_in' | 'challenge_required';
  /** Whose cookies go out with the answer. */
  readonly signIn?: SignInResult & { readonly status: 'authenticated' };
}

/** For the page that the link leads to, which can keep cookies and nothing else. */
@Injectable()
export class InvitationPageService {
  constructor(
    private readonly own: OwnInvitations,
    private readonly signUps: InvitationSignUp,
    private readonly core: ResolvedCoreOptions,
  ) {}

  /** Accepts for whoever is signed in by cookie; else makes an account, and signs in to it where cookies alone carry tokens. */
  async open(answer: PageAnswer, principal: Principal | undefined, client: ClientInfo): Promise<OpenedPage> {
    if (principal?.kind === 'user') {
      await this.own.acceptByLink(principal.userId, answer.token, client);
      return { status: 'accepted' };
    }
    const accepted = await this.signUps.signUp(answer, client);
    if (this.core.session.transport !== 'cookie') return { status: 'registered' };
    const result = await this.signUps.signIn(accepted, undefined, client);
    return result.status === 'authenticated'
      ? { status: 'signed_in', signIn: result }
      : { status: 'challenge_required' };
  }
}
