import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import type { ExitCode } from '../../src/cli/exit-code.js';
import { run } from '../../src/cli/run.js';
import { Terminal } from '../../src/cli/terminal.js';
import { compiled } from './compiled.js';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Variables = Readonly<Record<string, string>>;

const LIMIT_MS = 90_000;

/** Runs `castellan`, compiled, in a process of its own, with nothing of this environment but what Node itself needs. */
export async function castellanProcess(
  args: readonly string[],
  variables: Variables = {},
  input = '',
): Promise<CommandResult> {
  return runNode([await compiled('cli/main'), ...args], variables, input);
}

/** The same from its sources: for a configuration that imports them. Compiles them as it starts, which takes seconds. */
export function castellanFromSources(args: readonly string[], variables: Variables): Promise<CommandResult> {
  return runNode(['--import', '@swc-node/register/esm-register', 'src/cli/main.ts', ...args], variables);
}

function runNode(args: readonly string[], variables: Variables, input = ''): Promise<CommandResult> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', NODE_OPTIONS: '', ...variables },
    stdio: 'pipe',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

/** The same in this process, as most tests run it: a start takes a second. Not several at once: the environment is the process's. */
export async function castellan(
  args: readonly string[],
  variables: Variables = {},
  input = '',
): Promise<CommandResult & { readonly code: ExitCode }> {
  const [output, errors, typed] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const [stdout, stderr] = [textOf(output), textOf(errors)];
  typed.end(input);
  const before = { ...process.env };
  replaceEnvironment({ PATH: before['PATH'], ...variables });
  try {
    const code = await run(args, new Terminal(output, errors, typed as unknown as NodeJS.ReadStream));
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    replaceEnvironment(before);
  }
}

function replaceEnvironment(variables: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
}

function textOf(stream: PassThrough): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text + String(stream.read() ?? '');
}
