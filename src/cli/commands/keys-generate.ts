import { randomBytes } from 'node:crypto';
import { generateKeySet } from '../../modules/core/index.js';
import { type Command, JSON_OPTION } from '../command.js';
import { ExitCode } from '../exit-code.js';
import { ALGORITHMS } from '../key-algorithms.js';
import { writePrivateFile } from '../private-file.js';

export const keysGenerate: Command = {
  name: 'keys generate',
  summary: 'Make a secret and a signing key, as lines of an environment file',
  options: {
    algorithm: { value: ALGORITHMS.join('|'), description: 'of the signing key; ES256 by default' },
    file: {
      value: 'FILE',
      description: 'write the signing key there (mode 0600), for AUTH_SIGNING_KEYS_FILE',
    },
    force: { description: 'replace the file where there is one' },
    json: JSON_OPTION,
  },
  async run(call) {
    const { keys, signing } = generateKeySet(call.choice('algorithm', ALGORITHMS) ?? 'ES256');
    const file = call.value('file');
    if (file !== undefined)
      await writePrivateFile(file, { replace: call.has('force') }, (handle) =>
        handle.appendFile(`${keys}\n`),
      );
    const variables = {
      AUTH_SECRETS: `${idOf(new Date())}:${randomBytes(32).toString('base64')}`,
      ...(file === undefined ? { AUTH_SIGNING_KEYS: keys } : { AUTH_SIGNING_KEYS_FILE: file }),
    };
    await call.answer(variables, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`));
    call.terminal.note(
      `The key ${signing} signs. To replace a secret, put the new one in front: AUTH_SECRETS=new:…,old:…`,
    );
    return ExitCode.ok;
  },
};

/** Secrets are told apart by their ids: two of one day are, too. */
function idOf(now: Date): string {
  return `k${now.toISOString().slice(0, 10).replaceAll('-', '')}${randomBytes(2).toString('hex')}`;
}
