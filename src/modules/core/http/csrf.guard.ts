import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { CsrfPolicy } from './csrf-policy.js';
import { refusalFor } from './refusal.js';
import { requestOf } from './execution-request.js';

/** Refuses state-changing requests of other sites that use our cookies (core.csrf), see `CsrfPolicy`. Routes of `AuthGuard` have it already. */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(private readonly policy: CsrfPolicy) {}

  canActivate(context: ExecutionContext): boolean {
    try {
      this.policy.assertAllowed(requestOf(context));
      return true;
    } catch (error) {
      throw refusalFor(context, error);
    }
  }
}
