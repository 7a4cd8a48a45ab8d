import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';
import { CACHE } from './template.js';

let own: Promise<string> | undefined;

/** `main.js` of this checkout: what is measured, and killed by the hundred, does not carry a compiler along. */
export function compiledMain(): Promise<string> {
  return (own ??= compile(join(process.cwd(), 'src')));
}

/** Compiles an application's sources, once for each state of them; its `main.js`. */
export async function compile(sources: string): Promise<string> {
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(sources, file)).update(readFileSync(file));
  const target = join(CACHE, `app-${hash.digest('hex').slice(0, 16)}`);
  const draft = `${target}.${process.pid}`;
  try {
    readFileSync(join(target, 'main.js'));
    return join(target, 'main.js');
  } catch {
    for (const file of files) await compileFile(file, join(draft, relative(sources, file)));
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
  return join(target, 'main.js');
}

async function compileFile(source: string, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  if (!source.endsWith('.ts')) {
    writeFileSync(target, readFileSync(source));
    return;
  }
  const { code } = await transformFile(source, {
    sourceMaps: false,
    configFile: join(process.cwd(), '.swcrc'),
  });
  writeFileSync(target.replace(/\.ts$/, '.js'), code);
}
