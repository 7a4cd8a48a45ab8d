import { CredentialAuthenticator } from '../../src/modules/core/index.js';
import type { TestApp } from './test-app.js';

/** What the resource server sees in an access token. */
export async function claimsOf(app: TestApp, token: string): Promise<unknown> {
  const { principal } = await app.app
    .get(CredentialAuthenticator, { strict: false })
    .authenticate({ method: 'GET', url: '/', headers: { authorization: `Bearer ${token}` } });
  return principal.claims;
}
