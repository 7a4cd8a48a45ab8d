import { applyDecorators, HttpCode } from '@nestjs/common';
import type { ApiOperationOptions } from '@nestjs/swagger';
import { operationsOf } from '../../core/index.js';
import { AdminUserResponse, USER_ID_PARAM } from '../users/admin-user.dto.js';
import { AdminAccess } from './admin-access.decorator.js';
import type { AdminRight } from './admin-actors.js';

const user = operationsOf(USER_ID_PARAM);

/** A route that does something to the user of the path, and answers with the user as it is then. */
export function ActsOnUser(right: AdminRight, operation: ApiOperationOptions): MethodDecorator {
  return applyDecorators(user.ok(AdminUserResponse, operation), AdminAccess(right), HttpCode(200));
}
