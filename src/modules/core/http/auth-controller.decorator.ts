import { applyDecorators, Controller, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { ProblemFilter } from '../../../shared/errors/problem.filter.js';
import { CastellanValidationPipe } from '../../../shared/http/validation.pipe.js';
import { ApiProblems } from './api-problems.js';
import { AuthGuard } from './auth.guard.js';
import { CsrfGuard } from './csrf.guard.js';
import { JsonBodyGuard } from './json-body.guard.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { LibraryRoutes } from './refusal.js';

/**
 * A controller of Castellan's own: its guards, filter and pipe are bound to it and leave the host's routes alone. Routes need a credential unless they say
 * `@Public()` or `@OptionalAuth()`; those that need one say `@Authenticated()` as well, for the OpenAPI document.
 */
export function AuthController(path: string, tag: string): ClassDecorator {
  return applyDecorators(
    Controller(path),
    LibraryRoutes(),
    // In this order: what is cheap first, and an unknown caller hears 401 before anything about the body.
    UseGuards(RateLimitGuard, CsrfGuard, AuthGuard, JsonBodyGuard),
    UseFilters(ProblemFilter),
    UsePipes(CastellanValidationPipe),
    ApiTags(tag),
    ApiProblems(GeneralErrors.validation_failed),
  );
}

/**
 * A controller for forms that pages of other sites post (`application/x-www-form-urlencoded`). Neither a credential nor a cookie is looked at, so that
 * nothing may be done there in anybody's name.
 */
export function FormPostController(path: string, tag: string): ClassDecorator {
  return applyDecorators(
    Controller(path),
    LibraryRoutes(),
    UseGuards(RateLimitGuard),
    UseFilters(ProblemFilter),
    ApiTags(tag),
    ApiProblems(GeneralErrors.validation_failed),
  );
}
