import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminBootstrap } from '../src/index.js';
import { startTestApp, type TestApp } from './support/test-app.js';

describe('the first super admin', () => {
  let first: TestApp;

  beforeAll(async () => {
    first = await startTestApp({ mode: 'session', adapter: 'express', mount: 'standalone' });
  });
  afterAll(() => first.close());

  it('is one, however many try at once', async () => {
    const bootstrap = first.app.get(AdminBootstrap, { strict: false });
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        bootstrap.createFirst(`root${index}@example.com`, 'a gatehouse of 7 towers'),
      ),
    );
    expect(made.filter((admin) => admin !== null)).toHaveLength(1);
    expect(await bootstrap.createFirst('late@example.com', 'a gatehouse of 7 towers')).toBeNull();
  });
});
