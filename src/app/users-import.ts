import { createReadStream, createWriteStream, statSync, type WriteStream } from 'node:fs';
import { basename, extname } from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { type ImportResult, readCsv, readNdjson, UserImport } from '../modules/admin/index.js';
import { Storage } from '../shared/persistence/storage.js';
import { createRedisClient } from '../shared/redis/redis-client.js';
import { AppModule } from './app.module.js';
import { openDatabase } from './database.js';
import type { Env } from './env/env.js';
import { createLogger } from './log/logger.js';
import { PreviewMailboxes } from './mail-preview/preview-mailboxes.js';
import { ProgressBar, type Terminal } from './progress-bar.js';

export const IMPORT_USAGE = `Usage: users:import FILE [--format csv|ndjson] [--name NAME] [--results FILE]
  --format   what the file is; without it, as its extension says
  --name     what the import is called: a run of the same name goes on where the last one stopped; without it, the name of the file
  --results  a file that gets a line of JSON for each account that was not made, with the reason`;

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

interface ImportOrder {
  readonly file: string;
  readonly format: 'csv' | 'ndjson';
  readonly name: string;
  readonly results: string | null;
}

/** @throws UsageError */
export function readImportOrder(args: readonly string[]): ImportOrder {
  const { values, positionals } = parsed(args);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('Name one file.');
  const format = values.format ?? extname(file).slice(1).replace('jsonl', 'ndjson');
  if (format !== 'csv' && format !== 'ndjson') throw new UsageError('--format is csv or ndjson.');
  const name = values.name ?? basename(file);
  if (name.length === 0 || name.length > 200) throw new UsageError('--name has 1 to 200 characters.');
  return { file, format, name, results: values.results ?? null };
}

/**
 * Imports the users of a file into the database that the environment names. What has been done is kept by the name of the import, so that a run that was broken off
 * goes on. Returns whether every account was made, or there already.
 */
export async function importUsers(env: Env, order: ImportOrder, terminal: Terminal): Promise<boolean> {
  const size = statSync(order.file).size;
  const redis = env.REDIS_URL ? await createRedisClient(env.REDIS_URL) : null;
  const database = await openDatabase(env, redis);
  try {
    const module = AppModule.forRoot({
      env,
      storage: database.storage,
      database: database.module,
      redis,
      previews: env.NODE_ENV === 'production' ? null : new PreviewMailboxes(),
    });
    const app = await NestFactory.createApplicationContext(module, {
      logger: createLogger(env),
      abortOnError: false,
    });
    try {
      if (env.DATABASE_MIGRATE) await app.get(Storage, { strict: false }).migrate();
      return await importFile(app.get(UserImport, { strict: false }), order, new ProgressBar(size, terminal));
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
    redis?.disconnect();
  }
}

async function importFile(users: UserImport, order: ImportOrder, bar: ProgressBar): Promise<boolean> {
  const source = createReadStream(order.file);
  const results = order.results === null ? null : createWriteStream(order.results, { flags: 'a' });
  const lines = order.format === 'csv' ? readCsv(source) : readNdjson(source);
  const done = await users.run(lines, {
    name: order.name,
    onResult: (result) => keep(results, result),
    onProgress: ({ created, skipped, failed }) => bar.show(source.bytesRead, { created, skipped, failed }),
  });
  const { created, skipped, failed } = done;
  bar.finish({ created, skipped, failed });
  if (results) {
    results.end();
    await once(results, 'finish');
  }
  return failed === 0;
}

async function keep(file: WriteStream | null, result: ImportResult): Promise<void> {
  if (!file || result.status === 'created') return;
  if (!file.write(`${JSON.stringify(result)}\n`)) await once(file, 'drain');
}

function parsed(args: readonly string[]): {
  values: { format?: string; name?: string; results?: string };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string' }, name: { type: 'string' }, results: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
