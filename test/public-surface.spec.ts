import { describe, expect, it } from '@jest/globals';

describe('public surface', () => {
  it('of castellan', async () => {
    expect(Object.keys(await import('../src/index.js')).sort()).toMatchSnapshot();
  });

  it('of castellan/testing', async () => {
    expect(Object.keys(await import('../src/testing/index.js')).sort()).toMatchSnapshot();
  });
});
