import { AuthError, type ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { OutboundError } from '../../../shared/outbound/outbound-request.js';
import { OAuthErrors } from '../oauth.errors.js';
import { openidClient } from './openid-client.js';

/** What a provider's error codes mean to us (RFC 6749 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6, and GitHub's own). */
const MEANINGS: Readonly<Record<string, ErrorDefinition>> = {
  access_denied: OAuthErrors.access_denied,
  consent_required: OAuthErrors.interaction_required,
  interaction_required: OAuthErrors.interaction_required,
  login_required: OAuthErrors.interaction_required,
  account_selection_required: OAuthErrors.interaction_required,
  user_cancelled_authorize: OAuthErrors.access_denied,
  user_cancelled_login: OAuthErrors.access_denied,
  temporarily_unavailable: OAuthErrors.provider_unavailable,
  server_error: OAuthErrors.provider_unavailable,
  invalid_grant: OAuthErrors.invalid_grant,
  bad_verification_code: OAuthErrors.invalid_grant,
  invalid_client: OAuthErrors.provider_misconfigured,
  unauthorized_client: OAuthErrors.provider_misconfigured,
  incorrect_client_credentials: OAuthErrors.provider_misconfigured,
  redirect_uri_mismatch: OAuthErrors.provider_misconfigured,
  application_suspended: OAuthErrors.provider_misconfigured,
  invalid_scope: OAuthErrors.provider_misconfigured,
};

/** Codes of openid-client by which the answer is no lie, but no answer either. */
const NO_ANSWER: ReadonlySet<string> = new Set([
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
  'OAUTH_MISSING_SERVER_METADATA',
  'OAUTH_INVALID_SERVER_METADATA',
]);

/** The error of ours for whatever went wrong with a provider; what it said goes into `cause`, for the log alone. */
export function providerFailure(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  return new AuthError(definitionOf(error), { cause: error });
}

function definitionOf(error: unknown): ErrorDefinition {
  if (
    error instanceof openidClient().AuthorizationResponseError ||
    error instanceof openidClient().ResponseBodyError
  )
    return MEANINGS[error.error] ?? OAuthErrors.provider_error;
  // RFC 6749 section 5.2: the client was not authenticated.
  if (error instanceof openidClient().WWWAuthenticateChallengeError)
    return OAuthErrors.provider_misconfigured;
  if (isUnreachable(error)) return OAuthErrors.provider_unavailable;
  if (error instanceof openidClient().ClientError && NO_ANSWER.has(error.code ?? ''))
    return statusOf(error) >= 500 ? OAuthErrors.provider_unavailable : OAuthErrors.provider_error;
  if (error instanceof SyntaxError) return OAuthErrors.provider_error;
  return OAuthErrors.identity_rejected;
}

/** openid-client wraps what `fetch` throws. */
function isUnreachable(error: unknown): boolean {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth += 1
  ) {
    if (current instanceof OutboundError || current.name === 'TimeoutError') return true;
    if (current instanceof openidClient().ClientError && current.code === 'OAUTH_TIMEOUT') return true;
  }
  return false;
}

function statusOf({ cause }: Error): number {
  return cause instanceof Response ? cause.status : 0;
}

/** One line for the log, without what the provider sent. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for an unknown reason';
  const code: unknown = Reflect.get(error, 'error') ?? Reflect.get(error, 'code');
  const because = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${because}${typeof code === 'string' ? ` [${code.slice(0, 64)}]` : ''}`;
}
