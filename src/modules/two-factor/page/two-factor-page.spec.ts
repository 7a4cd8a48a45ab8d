import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createTestAuth, type TestAuth } from '../../../testing/index.js';
import { twoFactor } from '../index.js';

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

describe('the page of the second step', () => {
  it('runs one script, loads nothing, and shows images that stand in it', async () => {
    auth = await createTestAuth({ modules: [twoFactor()] });
    const page = await auth.api.get('/pages/two-factor');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const scripts = [...page.text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
      ([, source]) => source ?? '',
    );
    expect(scripts).toHaveLength(1);
    const [script = ''] = scripts;
    expect(() => new Script(script)).not.toThrow();
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`);
    expect(policy).toContain('img-src data:;');
    expect(policy).not.toContain('unsafe');
    expect(page.text).not.toMatch(/\son\w+=|\sstyle=|<link|javascript:/);
  });

  it('is there with the module alone', async () => {
    auth = await createTestAuth();
    expect((await auth.api.get('/pages/two-factor')).status).toBe(404);
  });
});
