import { writeFile } from 'node:fs/promises';
import type { Command } from '../command.js';
import { ExitCode } from '../exit-code.js';

export const openapi: Command = {
  name: 'openapi',
  summary: 'Write the OpenAPI document of what is mounted, as JSON',
  notes: 'Needs no database. Of an application that mounts Castellan: the routes of all of it.',
  options: { output: { value: 'FILE', description: 'where to, in place of stdout' } },
  async run(call) {
    const configuration = await call.configuration();
    const document = await configuration.document();
    const output = call.value('output');
    if (output === undefined) await call.terminal.json(document);
    else await writeFile(output, `${JSON.stringify(document, null, 2)}\n`);
    return ExitCode.ok;
  },
};
