import { Injectable, Optional } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { defineListing } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  UserAdministrationRepository,
  type UserRecord,
  type UserSet,
  type UserSortField,
} from '../../core/index.js';
import { RoleAssignments, RoleService, SUPER_ADMIN_SLUG } from '../../rbac/index.js';
import { AdminErrors } from '../admin.errors.js';
import type { ListUsersQuery } from './admin-user.dto.js';
import { instantOf } from './instant.js';

const userListing = defineListing({
  sortable: ['created_at', 'email', 'username', 'name'],
  defaultSort: 'created_at',
});

const keyOf = keyFrom<UserRecord, UserSortField>({
  created_at: (user) => user.createdAt,
  email: (user) => user.emailKey,
  username: (user) => user.usernameKey,
  name: (user) => user.name,
});

/** Lists of accounts. */
@Injectable()
export class UserListing {
  constructor(
    private readonly users: UserAdministrationRepository,
    private readonly clock: Clock,
    @Optional() private readonly roles?: RoleService,
    @Optional() private readonly assignments?: RoleAssignments,
  ) {}

  /** @throws core.validation_failed, rbac.role_not_found; admin.module_not_mounted for a role where `rbac` is not */
  async list({ role, ...query }: ListUsersQuery): Promise<Page<UserRecord>> {
    const listing = userListing.normalize(query);
    const superAdmin = role === SUPER_ADMIN_SLUG ? true : query.super_admin;
    const { rows, total } = await this.users.list(listing, {
      query: query.query,
      banned: query.banned === undefined ? undefined : { is: query.banned, now: this.clock.now() },
      emailVerified: query.verified,
      active: query.active,
      deleted: query.deleted,
      superAdmin,
      createdFrom: instantOf('created_from', query.created_from),
      createdBefore: instantOf('created_before', query.created_before),
      within: role === undefined || role === SUPER_ADMIN_SLUG ? undefined : await this.holdersOf(role),
    });
    return toPage(listing, rows, total, keyOf);
  }

  private async holdersOf(slug: string): Promise<UserSet> {
    if (!this.roles || !this.assignments) throw new AuthError(AdminErrors.module_not_mounted);
    const { id } = await this.roles.getBySlug(null, slug);
    return this.assignments.holders(null, id);
  }
}
