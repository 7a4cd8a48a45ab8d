import { defineErrors } from '../../shared/errors/define-errors.js';

/** Error catalogue of the module. */
export const AuditErrors = defineErrors('audit', {
  super_admin_required: { status: 403, title: 'Only a super admin may read the whole audit log.' },
});
