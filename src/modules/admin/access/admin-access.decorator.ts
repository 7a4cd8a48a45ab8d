import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiProblems, Authenticated } from '../../core/index.js';
import { AdminErrors } from '../admin.errors.js';
import type { AdminRight } from './admin-actors.js';
import { ADMIN_RIGHT, AdminGuard } from './admin.guard.js';

/** A route for super admins and, with `rbac`, for holders of the permission; with `super-admin` for nobody else. */
export function AdminAccess(right: AdminRight): MethodDecorator {
  const problem =
    right === 'super-admin' ? AdminErrors.super_admin_required : AdminErrors.permission_required;
  return applyDecorators(
    SetMetadata(ADMIN_RIGHT, right),
    Authenticated(),
    UseGuards(AdminGuard),
    ApiProblems(problem),
  );
}
