import { createHash, randomUUID } from 'node:crypto';
import { OAuthStates } from '../../src/modules/oauth/flow/oauth-states.js';
import { freshEmail, freshName } from '../support/accounts.js';
import { CLIENT_PAGE } from '../support/oauth-world.js';
import { APP_URL } from '../support/test-app.js';
import type { Plan } from './row.js';
import type { Scene } from './scene.js';

export const PROVIDER = { provider: 'plain' } as const;
const VERIFIER = 'a-verifier-of-the-client-with-more-than-43-characters';
const CODE_CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** What the provider sends the browser back with, and the browser’s cookies. */
interface Returned {
  readonly answer: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Somebody new signs in at the provider. */
async function comeBack({ app, provider }: Scene, body: object = {}): Promise<Returned> {
  provider.user = { sub: freshName('sub'), claims: { email: freshEmail(), email_verified: true } };
  const begun = await app.api.post('/oauth/plain/authorize', { redirect_to: CLIENT_PAGE, ...body });
  const cookies = begun.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
  const there = await fetch(String(begun.body['url']), { redirect: 'manual' });
  const { searchParams } = new URL(there.headers.get('location') ?? '');
  return {
    answer: Object.fromEntries(searchParams),
    headers: { cookie: cookies.join('; '), origin: APP_URL, 'sec-fetch-site': 'same-origin' },
  };
}

export async function callbackPlan(scene: Scene): Promise<Plan> {
  const { answer, headers } = await comeBack(scene);
  return { params: PROVIDER, query: answer, headers };
}

export async function exchangePlan(scene: Scene): Promise<Plan> {
  const { answer, headers } = await comeBack(scene);
  const query = new URLSearchParams(answer).toString();
  const page = await scene.app.api.get(`/oauth/plain/callback?${query}`, { headers });
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
  return { body: { code }, headers };
}

/** A native client hands over what it has caught. */
export async function tokenPlan(scene: Scene): Promise<Plan> {
  const { answer, headers } = await comeBack(scene, { mode: 'json', code_challenge: CODE_CHALLENGE });
  return { params: PROVIDER, body: { ...answer, code_verifier: VERIFIER }, headers };
}

/** The answer of a provider that makes the browser post it; asked by a flow that is open. */
export async function postedPlan({ app }: Scene): Promise<Plan> {
  const provider = 'apple';
  const where = { redirectTo: CLIENT_PAGE, redirectUri: `${APP_URL}/oauth/apple/callback` };
  const flow = { provider, mode: 'redirect', ...where, browser: randomUUID() } as const;
  const nothing = { codeChallenge: null, username: null, deviceName: null, link: null };
  const secrets = { codeVerifier: VERIFIER, nonce: randomUUID() };
  const { state } = await app.app.get(OAuthStates, { strict: false }).issue({ ...flow, ...nothing }, secrets);
  return {
    params: { provider },
    body: new URLSearchParams({ code: randomUUID(), state }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}
