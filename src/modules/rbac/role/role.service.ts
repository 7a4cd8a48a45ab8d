import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { type ClientInfo, SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { assertCovers, type Grantor, SYSTEM_GRANTOR } from '../permission/grantor.js';
import { RbacErrors } from '../rbac.errors.js';
import type { NewRole, RoleChanges, RoleRecord, RoleScope } from './role.js';
import { RoleAccess } from './role-access.js';
import { RoleCreation } from './role-creation.js';
import { assertRoleInput, isReservedRoleSlug, SUPER_ADMIN_SLUG } from './role-input.js';
import { roleListing } from './role.listing.js';
import { type RoleFilter, RoleRepository, type RoleSortField } from './role.repository.js';
import { RoleRevision } from './role-revision.js';

const keyOf = keyFrom<RoleRecord, RoleSortField>({
  created_at: (role) => role.createdAt,
  slug: (role) => role.slug,
  name: (role) => role.name,
});

/**
 * Roles of one scope: the platform (`null`), or an organization. It asks for no permission to manage roles, that is its caller's business; but whoever
 * makes, changes or deletes a role has to hold all that the role holds, before and after.
 */
@Injectable()
export class RoleService {
  constructor(
    private readonly roles: RoleRepository,
    private readonly access: RoleAccess,
    private readonly creation: RoleCreation,
    private readonly revision: RoleRevision,
  ) {}

  /** @throws core.validation_failed, rbac.slug_reserved, rbac.slug_taken, rbac.above_ceiling */
  async create(scope: RoleScope, input: NewRole, grantor: Grantor, client: ClientInfo): Promise<RoleRecord> {
    assertThat(!isReservedRoleSlug(input.slug), RbacErrors.slug_reserved);
    const role = await this.creation.create(scope, input, false, grantor, client);
    assertThat(role, RbacErrors.slug_taken);
    return role;
  }

  /** A role of the scope, and of no other. @throws rbac.role_not_found */
  get(scope: RoleScope, id: string): Promise<RoleRecord> {
    return this.access.find(scope, id);
  }

  /** @throws rbac.role_not_found */
  async getBySlug(scope: RoleScope, slug: string): Promise<RoleRecord> {
    const role = await this.roles.findBySlug(scope, slug);
    assertThat(role, RbacErrors.role_not_found);
    return role;
  }

  async list(scope: RoleScope, { query, ...options }: ListingOpts & RoleFilter): Promise<Page<RoleRecord>> {
    const listing = roleListing.normalize(options);
    const { rows, total } = await this.roles.list(scope, listing, { query });
    return toPage(listing, rows, total, keyOf);
  }

  /** @throws core.validation_failed, rbac.role_not_found, rbac.role_reserved, rbac.above_ceiling */
  update(
    scope: RoleScope,
    id: string,
    { name, description, permissions }: RoleChanges,
    grantor: Grantor,
    client: ClientInfo,
  ): Promise<RoleRecord> {
    assertRoleInput({ name, description, permissions });
    return this.access.change(scope, id, grantor, (role) => {
      assertThat(!role.reserved, RbacErrors.role_reserved);
      if (permissions) assertCovers(grantor, { ...role, permissions });
      return this.revision.update(role, { name, description, permissions }, grantor, client);
    });
  }

  /** Whoever has the role loses it. @throws rbac.role_not_found, rbac.role_reserved, rbac.above_ceiling */
  delete(scope: RoleScope, id: string, grantor: Grantor, client: ClientInfo): Promise<void> {
    return this.access.change(scope, id, grantor, (role) => {
      assertThat(!role.reserved, RbacErrors.role_reserved);
      return this.revision.delete(role, grantor, client);
    });
  }

  /**
   * Makes sure that there is a role as code declares it, which nobody changes or deletes through a route. May bear a reserved slug, and takes over a role of
   * the same slug. To be called at every start.
   * @throws core.validation_failed
   */
  async declare(scope: RoleScope, { description = null, ...role }: NewRole): Promise<RoleRecord> {
    if (role.slug === SUPER_ADMIN_SLUG) throw new AuthError(RbacErrors.slug_reserved);
    const input = { ...role, description };
    const created = await this.creation.create(scope, input, true, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    if (created) return created;
    const { id } = await this.getBySlug(scope, input.slug);
    return this.access.change(scope, id, SYSTEM_GRANTOR, (current) => this.redeclare(current, input));
  }

  private redeclare(current: RoleRecord, { name, description, permissions }: NewRole): Promise<RoleRecord> {
    const changes = { name, description, permissions, reserved: true };
    return this.revision.update(current, changes, SYSTEM_GRANTOR, SYSTEM_CLIENT);
  }
}
