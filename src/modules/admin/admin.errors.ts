import { defineErrors } from '../../shared/errors/define-errors.js';

/** Error catalogue of admin. What accounts themselves refuse is core's: `core.last_super_admin`, `core.user_not_found` … */
export const AdminErrors = defineErrors('admin', {
  permission_required: { status: 403, title: 'This is for administrators.' },
  super_admin_required: { status: 403, title: 'This is for super admins.' },
  super_admin_protected: { status: 403, title: 'Only a super admin can do this to a super admin.' },
  above_ceiling: { status: 403, title: 'This account may do more than you.' },
  own_account: { status: 409, title: 'This cannot be done to one’s own account here.' },
  not_reachable: { status: 409, title: 'The account has no address that a message could go to.' },
  module_not_mounted: { status: 404, title: 'The module that this needs is not mounted.' },
  cannot_impersonate: { status: 403, title: 'This account cannot be impersonated.' },
  import_unreadable: { status: 400, title: 'This line cannot be read.' },
  import_running: { status: 409, title: 'Another run of this import is under way.' },
  not_impersonating: { status: 409, title: 'This session impersonates nobody.' },
});
