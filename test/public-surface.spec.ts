import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const namesOf = async (path: string): Promise<string[]> =>
  Object.keys((await import(path)) as Record<string, unknown>).sort();

describe('public surface', () => {
  it('of castellan', async () => {
    expect(await namesOf('../src/index.js')).toMatchSnapshot();
  });

  it('of castellan/testing', async () => {
    expect(await namesOf('../src/testing/index.js')).toMatchSnapshot();
  });

  it('of castellan/client', async () => {
    expect(await namesOf('../src/client/index.js')).toEqual(['createCastellanClient']);
  });

  it('of castellan/express', async () => {
    expect(await namesOf('../src/express/index.js')).toEqual(['CastellanExpressAdapter']);
  });

  it.each(readdirSync('src/modules'))('of castellan/%s', async (module) => {
    expect(await namesOf(`../src/modules/${module}/index.js`)).toMatchSnapshot();
  });

  it('has an entry in package.json for every module', () => {
    execFileSync(process.execPath, ['.ci/exports.mjs', '--check']);
  });
});
