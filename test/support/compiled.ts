import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';
import { CACHE } from './template.js';

let own: Promise<string> | undefined;

/** A program of this checkout, by its path below `src`: what is started by the dozen, and measured, does not carry a compiler along. */
export async function compiled(program: 'main' | 'cli/main'): Promise<string> {
  own ??= compile(join(process.cwd(), 'src'));
  return join(await own, `${program}.js`);
}

/** Compiles an application's sources, once for each state of them; where they are. */
export async function compile(sources: string): Promise<string> {
  const files = readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(sources, file)).update(readFileSync(file));
  const target = join(CACHE, `app-${hash.digest('hex').slice(0, 16)}`);
  const draft = `${target}.${process.pid}`;
  if (existsSync(target)) return target;
  await Promise.all(files.map((file) => compileFile(file, join(draft, relative(sources, file)))));
  try {
    renameSync(draft, target);
  } catch (error) {
    // Another worker was faster, and may already run what it has made.
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true });
  }
  return target;
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
