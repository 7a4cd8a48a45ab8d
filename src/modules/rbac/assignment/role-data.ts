import { Injectable } from '@nestjs/common';
import { ContributesUserData, UserDataContributor, type UserRecord } from '../../core/index.js';
import { RoleAssignments } from './role-assignments.js';

/** Roles on the platform. Those in organizations are the organizations' to tell. */
@ContributesUserData({ order: 130 })
@Injectable()
export class RoleData extends UserDataContributor {
  override readonly section = 'roles';

  constructor(private readonly assignments: RoleAssignments) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncGenerator<object> {
    const { roles } = await this.assignments.rolesOf(id, null);
    for (const { slug, name, permissions } of roles) yield { role: slug, name, permissions };
  }
}
