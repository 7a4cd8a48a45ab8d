import { type ChildProcess, spawn } from 'node:child_process';
import { compiled } from './compiled.js';

/** The standalone app, compiled, or an example from its sources, in a process of its own. */
export interface StartedChild {
  readonly url: string;
  readonly pid: number;
  readonly output: () => string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM; its exit code. */
  stop(): Promise<number | null>;
}

const START_LIMIT_MS = 60_000;

/** Starts it, and waits for nothing. */
export function launch(
  variables: Readonly<Record<string, string>>,
  entry: string,
): {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
} {
  // Nothing of this environment but what Node itself needs.
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE_OPTIONS: '',
    PORT: '0',
    HOST: '127.0.0.1',
    ...variables,
  };
  const compiler = entry.endsWith('.ts') ? ['--import', '@swc-node/register/esm-register'] : [];
  const child = spawn(process.execPath, [...compiler, entry], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, output: () => text, exited };
}

/** Runs to its end: what a start that is refused says, and its exit code. */
export async function runToEnd(
  variables: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const { child, output, exited } = launch(variables, await compiled('main'));
  const timer = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  const code = await exited;
  clearTimeout(timer);
  return { code, output: output() };
}

/** Waits until it listens. @throws Error with its output where it does not */
export async function startChild(
  variables: Readonly<Record<string, string>>,
  entry?: string,
): Promise<StartedChild> {
  const { child, output, exited } = launch(variables, entry ?? (await compiled('main')));
  const listening = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const url = /listens on http:\/\/\S+:(\d+)/.exec(output());
      if (url) resolve(`http://127.0.0.1:${url[1]}`);
    });
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
  const url = await Promise.race([listening, exited.then(() => null)]);
  clearTimeout(timer);
  if (url === null) throw new Error(`The child did not start:\n${output()}`);
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  return {
    url,
    pid: child.pid ?? 0,
    output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}
