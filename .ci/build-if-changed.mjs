/** `nest build`, unless it has been done since anything that it reads was changed: so that an app which was built starts at once. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = '.cache/built';
const READ = ['src', 'package-lock.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Of a directory: of what is in it, and of itself, which tells what was removed. */
function changedAt(path) {
  const stats = statSync(path);
  const inside = stats.isDirectory() ? readdirSync(path).map((name) => changedAt(join(path, name))) : [];
  return Math.max(stats.mtimeMs, ...inside);
}

const isBuilt = existsSync(MARK) && existsSync('dist/main.js');
if (!isBuilt || Math.max(...READ.map(changedAt)) > statSync(MARK).mtimeMs) {
  const start = new Date();
  const { status } = spawnSync('nest', ['build'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync('.cache', { recursive: true });
  writeFileSync(MARK, '');
  utimesSync(MARK, start, start);
}
