import type { CastellanFeature } from '../castellan.module.js';
import type { SchemaModule } from '../castellan.schema.js';
import { audit, NdjsonAuditSink } from '../modules/audit/index.js';
import { invitation } from '../modules/invitation/index.js';
import { admin } from '../modules/admin/index.js';
import { oauth } from '../modules/oauth/index.js';
import { organization, type OrganizationOptions, OrganizationRoute } from '../modules/organization/index.js';
import { rbac } from '../modules/rbac/index.js';
import { magicLink } from '../modules/magic-link/index.js';
import { session } from '../modules/session/index.js';
import { stateless } from '../modules/stateless/index.js';
import { TWO_FACTOR_METHODS, twoFactor } from '../modules/two-factor/index.js';
import { oauthOptionsOf } from './oauth-options.js';
import type { Env } from './env/env.js';
import { FEATURE_NAMES, type FeatureName } from './env/feature-names.js';

/** One opt-in module of the standalone app: how the environment configures it, and which tables it brings. */
interface AppFeature {
  readonly create: (env: Env) => CastellanFeature;
  readonly schema?: SchemaModule;
}

/** By the name in `AUTH_MODULES`; all are mounted where that is not given. */
const FEATURES: Readonly<Partial<Record<FeatureName, AppFeature>>> = {
  'two-factor': {
    create: (env) =>
      twoFactor({
        policy: env.TWO_FACTOR_POLICY,
        methods: TWO_FACTOR_METHODS.filter(
          (method) => env.TWO_FACTOR_METHODS.length === 0 || env.TWO_FACTOR_METHODS.includes(method),
        ),
        trustedDeviceTtlMs: env.TRUSTED_DEVICE_TTL,
      }),
    schema: 'two-factor',
  },
  oauth: { create: (env) => oauth(oauthOptionsOf(env)), schema: 'oauth' },
  rbac: { create: () => rbac(), schema: 'rbac' },
  organization: { create: (env) => organization(organizationOptionsOf(env)), schema: 'organization' },
  audit: { create: (env) => audit(auditOptionsOf(env)), schema: 'audit' },
  invitation: {
    create: (env) =>
      invitation({
        organizations: isMounted(env, 'organization'),
        ttlMs: env.INVITATION_TTL,
        retentionMs: env.INVITATION_RETENTION,
        purposes: env.INVITATION_PURPOSES.length === 0 ? undefined : env.INVITATION_PURPOSES,
      }),
    schema: 'invitation',
  },
  admin: {
    create: (env) =>
      admin({
        impersonationTtlMs: env.ADMIN_IMPERSONATION_TTL,
        passwordLinkTtlMs: env.ADMIN_PASSWORD_LINK_TTL,
      }),
    schema: 'admin',
  },
  'magic-link': {
    create: (env) =>
      magicLink({
        ttlMs: env.MAGIC_LINK_TTL,
        code: env.MAGIC_LINK_CODE,
        autoRegister: env.MAGIC_LINK_AUTO_REGISTER,
        bindToBrowser: env.MAGIC_LINK_BIND_BROWSER,
      }),
  },
};

const MODES: Readonly<Record<Env['AUTH_MODE'], AppFeature>> = {
  session: { create: (env) => session({ cache: { maxEntries: env.SESSION_CACHE_MAX } }) },
  stateless: { create: () => stateless(), schema: 'stateless' },
};

/** The modules that the environment asks for, the mode's first. */
export function featuresOf(env: Env): CastellanFeature[] {
  return chosen(env).map(({ create }) => create(env));
}

/** The modules among them that own tables. */
export function schemaModulesOf(env: Env): SchemaModule[] {
  return chosen(env).flatMap(({ schema }) => (schema ? [schema] : []));
}

function chosen(env: Env): AppFeature[] {
  const wanted = FEATURE_NAMES.filter((name) => isMounted(env, name));
  return [MODES[env.AUTH_MODE], ...wanted.flatMap((name) => FEATURES[name] ?? [])];
}

/** Whether the environment asks for an opt-in module. */
export function isMounted({ AUTH_MODULES }: Env, name: FeatureName): boolean {
  return AUTH_MODULES.length === 0 || AUTH_MODULES.includes(name);
}

function auditOptionsOf(env: Env): Parameters<typeof audit>[0] {
  return {
    retentionMs: {
      authentication: env.AUDIT_RETENTION_AUTHENTICATION,
      user: env.AUDIT_RETENTION_USER,
      admin: env.AUDIT_RETENTION_ADMIN,
      security: env.AUDIT_RETENTION_SECURITY,
    },
    sinks: env.AUDIT_SINK === 'stdout' ? [new NdjsonAuditSink()] : [],
    ...(isMounted(env, 'organization') && { organizationAccess: OrganizationRoute('audit:read') }),
  };
}

function organizationOptionsOf(env: Env): OrganizationOptions {
  return {
    mode: env.ORG_MODE,
    personalOrganizations: env.ORG_PERSONAL,
    sharedNamespace: env.ORG_SHARED_NAMESPACE,
    memberLimit: env.ORG_MEMBER_LIMIT,
  };
}
