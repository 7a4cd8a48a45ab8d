import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseVariables } from '../src/app/env/env.js';

/** What the image installs. */
function runtimePackages(): ReadonlySet<string> {
  const directory = mkdtempSync(join(tmpdir(), 'castellan-manifest-'));
  try {
    copyFileSync('package.json', join(directory, 'package.json'));
    execFileSync(process.execPath, [resolve('deploy/runtime-manifest.mjs')], { cwd: directory });
    const { dependencies } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return new Set(Object.keys(dependencies));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What the standalone app imports, statically or when it is needed. */
function importedPackages(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !/^testing\/|\.contract\.ts$/.test(file),
  );
  const names = files.flatMap((file) =>
    [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from |import\()'([^.'][^']*)'/g)].map(
      ([, specifier = '']) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '',
    ),
  );
  return [...new Set(names)]
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
    .sort();
}

describe('deployment', () => {
  it('has every package in the image that the app imports', () => {
    const installed = runtimePackages();
    const imported = importedPackages();
    expect(imported).toEqual(expect.arrayContaining(['@nestjs/core', 'openid-client', 'ioredis', 'pg']));
    expect(imported.filter((name) => !installed.has(name))).toEqual([]);
  });

  it('sets variables in compose.yaml that there are, to values that are valid', () => {
    const app = /\n {2}app:\n([\s\S]*?)\n {2}\w/.exec(readFileSync('deploy/compose.yaml', 'utf8'))?.[1] ?? '';
    const block = /environment:\n((?: {6}.*\n)+)/.exec(app)?.[1] ?? '';
    const variables = Object.fromEntries(
      [...block.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(Object.keys(variables)).toContain('DATABASE_URL');
    const env: Readonly<Record<string, unknown>> = parseVariables(variables);
    for (const [name, value] of Object.entries(variables)) expect([name, env[name]]).toEqual([name, value]);
  });
});
