import { isTrue, standardProfile, textOf } from './claims.js';
import type { OidcProvider, ProviderClaims } from './oauth-provider.js';

export interface MicrosoftOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Id of a tenant, or `common`, `organizations` or `consumers`. @default 'common' */
  readonly tenant?: string;
  /** With `common` or `organizations`: accounts of these tenants alone. @default all */
  readonly allowedTenants?: readonly string[];
  /** @default ['openid', 'email', 'profile'] */
  readonly scopes?: readonly string[];
  /** Believes every address of the tenant. Only where `tenant` is your own: elsewhere its administrator chooses addresses freely. @default false */
  readonly trustEmails?: boolean;
}

const AUTHORITY = 'https://login.microsoftonline.com';
/** The tenant of personal accounts. */
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const TENANT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Microsoft accounts and Entra ID. An account is known by issuer (which holds its tenant) and subject. */
export function microsoft(options: MicrosoftOptions): OidcProvider {
  const { clientId, clientSecret, tenant = 'common', trustEmails = false } = options;
  if (trustEmails && !TENANT_ID.test(tenant))
    throw new Error('microsoft: trustEmails needs `tenant` to be the id of a tenant.');
  return {
    kind: 'oidc',
    id: 'microsoft',
    name: 'Microsoft',
    issuer: `${AUTHORITY}/${tenant}/v2.0`,
    clientId,
    clientSecret,
    clientAuthentication: 'client_secret_post',
    scopes: options.scopes ?? ['openid', 'email', 'profile'],
    userInfo: false,
    profileOf: (claims) => ({
      ...standardProfile(claims),
      emailVerified: trustEmails || isEmailVerified(claims),
    }),
    assertAccepted: (claims) => assertTenant(claims, tenant, options.allowedTenants),
  };
}

/** The issuer has to be that of the tenant which the token names, and the tenant one that is wanted. */
function assertTenant(claims: ProviderClaims, tenant: string, allowed: readonly string[] | undefined): void {
  const tid = textOf(claims, 'tid') ?? '';
  if (!TENANT_ID.test(tid) || claims.iss !== `${AUTHORITY}/${tid}/v2.0`)
    throw new Error('The issuer is not that of the tenant.');
  const wanted =
    (tenant === 'consumers' && tid === PERSONAL) ||
    (tenant === 'organizations' && tid !== PERSONAL) ||
    tenant === 'common' ||
    tenant === tid ||
    // A tenant named by its domain: discovery has said which one it is, and the issuer was compared.
    (tenant.includes('.') && tid !== PERSONAL);
  if (!wanted || (allowed !== undefined && !allowed.includes(tid)))
    throw new Error('The account is of another tenant.');
}

/** Entra's `email` is whatever an administrator has typed; `xms_edov` tells that its domain's owner stands behind it. */
function isEmailVerified(claims: ProviderClaims): boolean {
  const edov = claims['xms_edov'];
  return claims['tid'] === PERSONAL || isTrue(edov) || edov === 1 || edov === '1';
}
