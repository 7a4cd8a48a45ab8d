import { readFile } from 'node:fs/promises';
import { readVariables } from '../../app/env/env.js';
import { type KeyRotation, rotateSigningKeys } from '../../modules/core/index.js';
import { parseDuration } from '../../shared/time/duration.js';
import { type Command, JSON_OPTION } from '../command.js';
import { CommandError } from '../command-error.js';
import { ExitCode } from '../exit-code.js';
import type { Invocation } from '../invocation.js';
import { ALGORITHMS } from '../key-algorithms.js';
import { writePrivateFile } from '../private-file.js';
import { UsageError } from '../usage-error.js';

export const keysRotate: Command = {
  name: 'keys rotate',
  summary: 'Change the key that signs tokens; tokens of the old one stay good',
  notes: `FILE is the key file (AUTH_SIGNING_KEYS_FILE); without it and without that variable AUTH_SIGNING_KEYS is read, and its new value printed.
The old key stays as a public one, which only verifies. With several nodes, or others who verify by the JWKS, do it in two steps:
--stage publishes the next key, and five minutes later the same command without --stage lets it sign.`,
  operands: ['[FILE]'],
  options: {
    stage: { description: 'publish the next key, and go on signing with the old one' },
    algorithm: { value: ALGORITHMS.join('|'), description: 'of the new key; by default the old one’s' },
    keep: { value: 'DURATION', description: 'keys retired longer ago are dropped; 30d by default' },
    json: JSON_OPTION,
  },
  async run(call) {
    const { file, text } = await currentKeys(call.operands[0]);
    const rotation = rotated(call, text);
    const answer: Record<string, unknown> = { ...rotation };
    if (file !== undefined) {
      delete answer['keys'];
      await writePrivateFile(file, { replace: true }, (handle) => handle.appendFile(`${rotation.keys}\n`));
    }
    await call.answer(
      { file, ...answer },
      ...(file === undefined ? [`AUTH_SIGNING_KEYS=${rotation.keys}`] : []),
    );
    call.terminal.note(...stepsOf(rotation, file));
    return ExitCode.ok;
  },
};

async function currentKeys(named: string | undefined): Promise<{ file?: string; text: string }> {
  const { AUTH_SIGNING_KEYS_FILE, AUTH_SIGNING_KEYS } = named === undefined ? readVariables() : {};
  const file = named ?? (AUTH_SIGNING_KEYS_FILE || undefined);
  if (file !== undefined) return { file, text: await readFile(file, 'utf8') };
  if (AUTH_SIGNING_KEYS) return { text: AUTH_SIGNING_KEYS };
  throw new UsageError('Name the key file, or set AUTH_SIGNING_KEYS_FILE or AUTH_SIGNING_KEYS.');
}

function rotated(call: Invocation, text: string): KeyRotation {
  const algorithm = call.choice('algorithm', ALGORITHMS);
  const keepMs = durationOf(call.value('keep') ?? '30d');
  try {
    return rotateSigningKeys(text, {
      step: call.has('stage') ? 'stage' : 'sign',
      algorithm,
      now: new Date(),
      keepMs,
    });
  } catch (error) {
    throw new CommandError(
      `The keys cannot be read: ${error instanceof Error ? error.message : 'not valid'}.`,
    );
  }
}

function durationOf(text: string): number {
  try {
    return parseDuration(text);
  } catch {
    throw new UsageError('--keep is a duration such as 12h or 30d.');
  }
}

function stepsOf({ signing, staged, retired, dropped }: KeyRotation, file: string | undefined): string[] {
  const apply =
    file === undefined ? 'Set AUTH_SIGNING_KEYS to this, and restart every node' : 'Restart every node';
  const again = ['castellan keys rotate', ...(file === undefined ? [] : [file])].join(' ');
  const steps =
    staged === null
      ? [
          `${apply}: ${signing} signs then.`,
          `Tokens of ${retired ?? ''} stay good. The last of them expires ACCESS_TOKEN_TTL after the last restart; a later rotation drops the key.`,
        ]
      : [
          `${apply}: ${staged} is published then, and ${signing} goes on signing.`,
          `Wait five minutes: the JWKS may be cached so long.`,
          `Then let it sign: ${again}`,
        ];
  return [
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    ...(dropped.length > 0 ? [`Dropped, as retired long ago: ${dropped.join(', ')}`] : []),
  ];
}
