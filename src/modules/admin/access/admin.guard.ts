import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { principalOf, requestOf } from '../../core/index.js';
import { AdminActors, type AdminRight } from './admin-actors.js';

/** Metadata key. */
export const ADMIN_RIGHT = 'castellan:admin-right';

/** Asks for the right that `@AdminAccess` names, of the principal that `AuthGuard` has found. A route without one is closed. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly actors: AdminActors,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const right = this.reflector.get<AdminRight | undefined>(ADMIN_RIGHT, context.getHandler());
    const principal = principalOf(requestOf(context));
    assertThat(principal, GeneralErrors.unauthenticated);
    await this.actors.require(principal, right ?? 'super-admin');
    return true;
  }
}
