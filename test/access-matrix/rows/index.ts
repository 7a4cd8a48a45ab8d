import type { Row } from '../row.js';
import { ADMIN_ROWS } from './admin.js';
import { AUDIT_ROWS } from './audit.js';
import { CORE_ROWS } from './core.js';
import { HEALTH_ROWS } from './health.js';
import { INVITATION_ROWS } from './invitation.js';
import { MAGIC_LINK_ROWS } from './magic-link.js';
import { OAUTH_ROWS } from './oauth.js';
import { ORGANIZATION_ROWS } from './organization.js';
import { RBAC_ROWS } from './rbac.js';
import { SESSION_ROWS } from './sessions.js';
import { TWO_FACTOR_ROWS } from './two-factor.js';

/** Every row, by the title that it stands under on the page. A module adds its own here. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  core: CORE_ROWS,
  'session, stateless': SESSION_ROWS,
  oauth: OAUTH_ROWS,
  'two-factor': TWO_FACTOR_ROWS,
  'magic-link': MAGIC_LINK_ROWS,
  rbac: RBAC_ROWS,
  organization: ORGANIZATION_ROWS,
  invitation: INVITATION_ROWS,
  audit: AUDIT_ROWS,
  admin: ADMIN_ROWS,
  health: HEALTH_ROWS,
};
