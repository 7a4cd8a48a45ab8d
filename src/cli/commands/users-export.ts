import { type DumpedUser, UserDump } from '../../modules/admin/index.js';
import type { Command } from '../command.js';
import { ExitCode } from '../exit-code.js';
import { writePrivateFile } from '../private-file.js';
import { ProgressBar } from '../progress-bar.js';
import { readyForWork, serviceOf } from '../services.js';

/** Lines that are written together. */
const CHUNK = 200;

export const usersExport: Command = {
  name: 'users export',
  summary: 'Write every account as NDJSON that `users import` reads, with its password hash',
  notes:
    'The file is its owner’s alone to read: whoever has it can guess passwords at leisure. The export is on the audit log.',
  operands: ['[FILE]'],
  options: { force: { description: 'replace the file where there is one' } },
  async run(call) {
    const [path] = call.operands;
    const configuration = await call.configuration();
    await configuration.use(async (app) => {
      const dump = serviceOf(app, UserDump, 'admin');
      await readyForWork(app);
      const bar = new ProgressBar(await dump.count(), call.terminal.errors);
      const write = async (to: (text: string) => Promise<unknown>): Promise<void> => {
        let exported = 0;
        for await (const records of chunksOf(dump.records())) {
          await to(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
          exported += records.length;
          bar.show(exported, { exported });
        }
        bar.finish({ exported });
      };
      if (path === undefined) await write((text) => call.terminal.write(text));
      else
        await writePrivateFile(path, { replace: call.has('force') }, (file) =>
          write((text) => file.appendFile(text)),
        );
    });
    return ExitCode.ok;
  },
};

async function* chunksOf(records: AsyncIterable<DumpedUser>): AsyncGenerator<DumpedUser[]> {
  let chunk: DumpedUser[] = [];
  for await (const record of records) {
    chunk.push(record);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
