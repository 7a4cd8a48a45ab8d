import { defineErrors } from '../../shared/errors/define-errors.js';

export const RbacErrors = defineErrors('rbac', {
  role_required: { status: 403, title: 'This needs a role that you do not have.' },
  permission_required: { status: 403, title: 'This needs a permission that you do not have.' },
  entitlement_required: { status: 403, title: 'This needs an entitlement that you do not have.' },
  above_ceiling: { status: 403, title: 'These permissions go beyond your own.' },
  role_reserved: { status: 403, title: 'This role is declared in code and cannot be changed here.' },
  slug_reserved: { status: 409, title: 'This slug is reserved.' },
  slug_taken: { status: 409, title: 'There is a role of this slug already.' },
  already_assigned: { status: 409, title: 'The user has this role already.' },
  too_many_roles: { status: 409, title: 'The user has as many roles as one can have.' },
  role_not_found: { status: 404, title: 'There is no such role.' },
  assignment_not_found: { status: 404, title: 'The user does not have this role.' },
});
