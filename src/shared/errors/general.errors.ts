import { defineErrors } from './define-errors.js';

/** What every module can answer. */
export const GeneralErrors = defineErrors('core', {
  validation_failed: { status: 400, title: 'The request is not valid' },
  malformed_json: { status: 400, title: 'The body is not well-formed JSON' },
  duplicate_member: { status: 400, title: 'The body names a member twice' },
  redirect_not_allowed: { status: 400, title: 'This redirect target is not allowed.' },
  unauthenticated: { status: 401, title: 'Authentication is required' },
  forbidden: { status: 403, title: 'This is not allowed' },
  csrf: { status: 403, title: 'The request does not come from an allowed origin' },
  not_found: { status: 404, title: 'There is no such resource' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  rate_limited: { status: 429, title: 'There were too many requests' },
  internal: { status: 500, title: 'Something went wrong' },
  unavailable: { status: 503, title: 'The service is not available at the moment' },
});
