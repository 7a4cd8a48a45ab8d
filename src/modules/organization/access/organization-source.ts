import type { ExecutionContext } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { headerOf, type HttpRequest } from '../../../shared/http/request.js';
import type { Principal } from '../../core/index.js';
import { OrganizationErrors } from '../organization.errors.js';

/** Where a route takes its organization from: one place, and never another. */
export type OrganizationSource =
  | { readonly from: 'path'; /** @default 'organization_id' */ readonly param?: string }
  | { readonly from: 'header'; /** @default 'Castellan-Organization' */ readonly header?: string }
  /** The active organization of the token (`org_id`). */
  | { readonly from: 'token' };

export const DEFAULT_PARAM = 'organization_id';
export const DEFAULT_HEADER = 'Castellan-Organization';

/** The organization that a request names; `null`: none. */
export function organizationOf(
  source: OrganizationSource,
  context: ExecutionContext,
  request: HttpRequest,
  principal: Principal,
): string | null {
  switch (source.from) {
    case 'path':
      return textOf(paramsOf(context)[source.param ?? DEFAULT_PARAM]);
    case 'header':
      return textOf(headerOf(request, (source.header ?? DEFAULT_HEADER).toLowerCase()));
    case 'token':
      return activeOrganization(principal);
  }
}

/** The organization that the token was issued for; `null`: for none. */
export function activeOrganization(principal: Principal): string | null {
  return textOf(principal.claims['org_id']);
}

/** A token that was issued for one organization opens nothing of another. @throws organization.other_organization */
export function assertNotElsewhere(principal: Principal, organizationId: string): void {
  const active = activeOrganization(principal);
  assertThat(
    active === null || active === organizationId.toLowerCase(),
    OrganizationErrors.other_organization,
  );
}

function paramsOf(context: ExecutionContext): Readonly<Record<string, unknown>> {
  // Only a route has a path.
  if (context.getType<string>() !== 'http') return {};
  const { params } = context.switchToHttp().getRequest<{ params?: Readonly<Record<string, unknown>> }>();
  return params ?? {};
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
