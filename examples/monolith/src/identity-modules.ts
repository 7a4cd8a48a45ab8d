import {
  admin,
  audit,
  type CastellanFeature,
  github,
  invitation,
  magicLink,
  oauth,
  organization,
  OrganizationRoute,
  rbac,
  session,
  stateless,
  twoFactor,
} from '../../../src/index.js';
import type { Mode, Settings } from './settings/settings.js';

/** What the shop takes of Castellan beside core. A customer with an authenticator app is asked for it by whichever way they come in. */
export function identityModules(mode: Mode, settings: Settings): CastellanFeature[] {
  return [
    mode === 'session' ? session() : stateless(),
    rbac({ roles: [{ slug: 'warehouse', name: 'Warehouse', permissions: ['orders:read'] }] }),
    oauth({ providers: settings.github ? [github(settings.github)] : [] }),
    twoFactor({ policy: 'optional' }),
    magicLink(),
    organization(),
    invitation({ purposes: ['warehouse'] }),
    admin(),
    audit({ organizationAccess: OrganizationRoute('audit:read') }),
  ];
}
