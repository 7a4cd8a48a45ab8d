import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '../extension/principal.js';
import { requestOf } from './execution-request.js';
import { principalOf } from './request-principal.js';

/** Who makes the request (`Principal`); undefined on a route of `@OptionalAuth()` without a credential. */
export const CurrentUser = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal | undefined => principalOf(requestOf(context)),
);

/** The id of the session behind the credential; null where it has none. */
export const CurrentSession = createParamDecorator(
  (_data: unknown, context: ExecutionContext): string | null =>
    principalOf(requestOf(context))?.sessionId ?? null,
);
