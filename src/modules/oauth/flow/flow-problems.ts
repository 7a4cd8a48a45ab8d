import { applyDecorators, HttpStatus } from '@nestjs/common';
import { ApiExtraModels, ApiFoundResponse, ApiOkResponse, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { ApiProblems, ChallengeResponse, CoreErrors, TokenResponse } from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { LinkedResponse } from './flow.dto.js';

/** What can keep a sign-in from beginning. */
export const ApiBeginProblems = (): MethodDecorator =>
  applyDecorators(
    ApiProblems(
      OAuthErrors.provider_not_found,
      OAuthErrors.redirect_required,
      GeneralErrors.redirect_not_allowed,
    ),
    ApiProviderProblems(),
  );

/** What can be wrong with a provider. */
const ApiProviderProblems = (): MethodDecorator =>
  ApiProblems(
    OAuthErrors.provider_misconfigured,
    OAuthErrors.provider_error,
    OAuthErrors.provider_unavailable,
    OAuthErrors.identity_rejected,
  );

/** What every sign-in may be refused with. */
export const ApiSignInProblems = (): MethodDecorator =>
  applyDecorators(
    ApiProblems(CoreErrors.account_banned, CoreErrors.account_inactive, CoreErrors.account_deleted),
    ApiProblems(CoreErrors.email_not_verified, CoreErrors.phone_not_verified, CoreErrors.invalid_credentials),
  );

/** What can become of a provider's answer. */
export const ApiCompletionProblems = (): MethodDecorator =>
  applyDecorators(
    ApiProblems(OAuthErrors.provider_not_found, OAuthErrors.state_invalid, OAuthErrors.invalid_grant),
    ApiProblems(OAuthErrors.access_denied, OAuthErrors.interaction_required, OAuthErrors.email_not_verified),
    ApiProblems(OAuthErrors.account_exists_link_required, OAuthErrors.account_linked_elsewhere),
    ApiProblems(CoreErrors.registration_closed, CoreErrors.registration_invite_only),
    ApiProblems(CoreErrors.invalid_username, CoreErrors.username_reserved, CoreErrors.username_taken),
    ApiProviderProblems(),
    ApiSignInProblems(),
  );

export const ApiJsonBodyProblems = (): MethodDecorator =>
  ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type);

const SIGNED_IN = [{ $ref: getSchemaPath(TokenResponse) }, { $ref: getSchemaPath(ChallengeResponse) }];
const ANSWER = { schema: { oneOf: [...SIGNED_IN, { $ref: getSchemaPath(LinkedResponse) }] } };

/** The answer of a login. */
export const ApiSignedIn = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(TokenResponse, ChallengeResponse),
    ApiOkResponse({
      description: 'Tokens, or a challenge that has to be completed first.',
      schema: { oneOf: SIGNED_IN },
    }),
  );

/** The answer of a login, or the account that has been linked. */
export const ApiSignedInOrLinked = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(TokenResponse, ChallengeResponse, LinkedResponse),
    ApiOkResponse({ description: 'Tokens, a challenge, or the account that has been linked.', ...ANSWER }),
  );

/** The end of a flow by GET. */
export const ApiFlowEnd = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(TokenResponse, ChallengeResponse, LinkedResponse),
    ApiOkResponse({
      description: 'In the mode `json` the result; in the mode `popup` a page that hands it to its opener.',
      content: {
        'application/json': ANSWER,
        'text/html': { schema: { type: 'string', example: '<!doctype html>' } },
      },
    }),
    ApiRedirectToTarget(),
  );

export const ApiRedirectToTarget = (): MethodDecorator =>
  ApiFoundResponse({
    description: 'Location: `redirect_to` with `code`, or `linked`, or `error` and `error_description`.',
  });

export const ApiSeeOther = (): MethodDecorator =>
  ApiResponse({ status: HttpStatus.SEE_OTHER, description: 'Location: the same route, by GET.' });
