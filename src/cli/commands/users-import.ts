import { once } from 'node:events';
import { createReadStream, createWriteStream, statSync, type WriteStream } from 'node:fs';
import { basename, extname } from 'node:path';
import { type ImportResult, readCsv, readNdjson, UserImport } from '../../modules/admin/index.js';
import { type Command, JSON_OPTION } from '../command.js';
import { ExitCode } from '../exit-code.js';
import type { Invocation } from '../invocation.js';
import { ProgressBar } from '../progress-bar.js';
import { readyForWork, serviceOf } from '../services.js';
import { UsageError } from '../usage-error.js';

const FORMATS = ['csv', 'ndjson'] as const;
type Format = (typeof FORMATS)[number];

export const usersImport: Command = {
  name: 'users import',
  summary: 'Take over the accounts of a file, with their password hashes',
  notes: 'A run that was broken off goes on where it stopped. Exits with 1 where lines were not imported.',
  operands: ['FILE'],
  options: {
    format: { value: 'csv|ndjson', description: 'what the file is; without it, as its extension says' },
    name: {
      value: 'NAME',
      description:
        'what the import is called: a run of the same name goes on; without it, the name of the file',
    },
    results: {
      value: 'FILE',
      description: 'gets a line of JSON for each account that was not made, with the reason',
    },
    json: JSON_OPTION,
  },
  async run(call) {
    const [file = ''] = call.operands;
    const format = formatOf(call, file);
    const name = call.value('name') ?? basename(file);
    if (name.length === 0 || name.length > 200) throw new UsageError('--name has 1 to 200 characters.');
    const bar = new ProgressBar(statSync(file).size, call.terminal.errors);
    const configuration = await call.configuration();
    const counts = await configuration.use(async (app) => {
      const users = serviceOf(app, UserImport, 'admin');
      await readyForWork(app);
      return importFile(users, { file, format, name, results: call.value('results') }, bar);
    });
    bar.finish(counts);
    if (call.has('json')) await call.terminal.json({ name, ...counts });
    return counts.failed === 0 ? ExitCode.ok : ExitCode.findings;
  },
};

interface ImportOrder {
  readonly file: string;
  readonly format: Format;
  readonly name: string;
  readonly results: string | undefined;
}

async function importFile(
  users: UserImport,
  { file, format, name, results }: ImportOrder,
  bar: ProgressBar,
): Promise<{ created: number; skipped: number; failed: number }> {
  const source = createReadStream(file);
  const kept = results === undefined ? null : createWriteStream(results, { flags: 'a', mode: 0o600 });
  const { created, skipped, failed } = await users.run(
    format === 'csv' ? readCsv(source) : readNdjson(source),
    {
      name,
      onResult: (result) => keep(kept, result),
      onProgress: (at) =>
        bar.show(source.bytesRead, { created: at.created, skipped: at.skipped, failed: at.failed }),
    },
  );
  if (kept) {
    kept.end();
    await once(kept, 'finish');
  }
  return { created, skipped, failed };
}

async function keep(file: WriteStream | null, result: ImportResult): Promise<void> {
  if (!file || result.status === 'created') return;
  if (!file.write(`${JSON.stringify(result)}\n`)) await once(file, 'drain');
}

function formatOf(call: Invocation, file: string): Format {
  const named = call.choice('format', FORMATS);
  if (named !== undefined) return named;
  const extension = extname(file).slice(1).replace('jsonl', 'ndjson');
  const format = FORMATS.find((known) => known === extension);
  if (format === undefined) throw new UsageError('--format is csv or ndjson.');
  return format;
}
