import { Injectable } from '@nestjs/common';
import { PermissionSet, RoleAssignments } from '../../rbac/index.js';
import type { Membership } from '../member/member.js';
import { ROLE_PERMISSIONS } from './role-permissions.js';

/** What a member may do: by the built-in role, and by the organization's own roles that were assigned. */
@Injectable()
export class MemberPermissions {
  constructor(private readonly assignments: RoleAssignments) {}

  async of(
    userId: string,
    { role, organizationId }: Pick<Membership, 'role' | 'organizationId'>,
  ): Promise<PermissionSet> {
    // An owner may everything: nothing has to be looked up.
    if (role === 'owner') return PermissionSet.all;
    const { permissions } = await this.assignments.rolesOf(userId, organizationId);
    return PermissionSet.of(ROLE_PERMISSIONS[role]).union(permissions);
  }
}
