import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CastellanConfig } from '../castellan.config.js';
import { readEnv } from '../app/env/env.js';
import { CommandError } from './command-error.js';
import type { Configuration } from './configuration.js';
import { HostConfiguration } from './host-configuration.js';
import { StandaloneConfiguration } from './standalone-configuration.js';

/** Looked for in the working directory. */
const FILES = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `castellan.config.${extension}`);

/** The file that was named, else one of the working directory, else the environment. @throws EnvError, CommandError */
export async function findConfiguration(named: string | undefined): Promise<Configuration> {
  const file = named ?? FILES.find((name) => existsSync(name));
  if (file === undefined) return new StandaloneConfiguration(readEnv());
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  return new HostConfiguration(file, configOf(file, await import(pathToFileURL(resolve(file)).href)));
}

/** A CommonJS module that was compiled from TypeScript has its default beneath another one. */
function configOf(file: string, module: unknown): CastellanConfig {
  for (let value = module, depth = 0; depth < 3; depth += 1) {
    if (typeof value !== 'object' || value === null) break;
    if ('open' in value && typeof value.open === 'function') return value as CastellanConfig;
    value = 'default' in value ? value.default : null;
  }
  throw new CommandError(
    `The default export of ${file} has to be a CastellanConfig, with the function open.`,
  );
}
