import type { AuthError } from '../../../shared/errors/auth-error.js';
import type { SignInResult } from '../../core/index.js';
import type { AccountRecord } from '../account/account.js';
import type { OAuthFlow } from './flow.js';

/** What has become of a flow. */
export type FlowContent =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'linked'; readonly account: AccountRecord }
  | { readonly kind: 'failed'; readonly error: AuthError };

/** The end of a flow that a browser is sent on with. */
export interface SentOn {
  readonly mode: 'redirect' | 'popup';
  readonly provider: string;
  readonly redirectTo: string;
  readonly content: FlowContent;
}

/** The end of a flow that is the answer itself. */
export type Answered =
  | { readonly mode: 'json'; readonly kind: 'signed_in'; readonly result: SignInResult }
  | { readonly mode: 'json'; readonly kind: 'linked'; readonly account: AccountRecord };

export type FlowResult = SentOn | Answered;

/** A flow whose result goes somewhere. */
export type SendingFlow = Pick<OAuthFlow, 'provider'> & Pick<SentOn, 'mode' | 'redirectTo'>;

export function isSending(flow: Pick<OAuthFlow, 'mode' | 'provider' | 'redirectTo'>): flow is SendingFlow {
  return flow.mode !== 'json' && flow.redirectTo !== null;
}
