import { existsSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { CommandError } from './command-error.js';

/**
 * Writes a file that its owner alone can read, and that is there as a whole or not at all. Of two who write the same one at once the second is refused.
 * @throws CommandError where there is one already, unless `replace`
 */
export async function writePrivateFile(
  path: string,
  { replace }: { readonly replace: boolean },
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  // Before the work; the link below is what decides.
  if (!replace && existsSync(path)) throw isThere(path);
  const draft = `${path}.part`;
  const file = await open(draft, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CommandError(
      `${draft} is there: another run is writing it, or was broken off; then remove it.`,
    );
  });
  try {
    await write(file);
    await file.sync();
    await file.close();
    if (replace) await rename(draft, path);
    else await link(draft, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? isThere(path) : error;
  } finally {
    await rm(draft, { force: true });
  }
}

function isThere(path: string): CommandError {
  return new CommandError(`${path} is there already: give another name, or --force.`);
}
