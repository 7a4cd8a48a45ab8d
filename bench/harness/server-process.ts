import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

/** The servers have one core, the load and PostgreSQL's backends the other. */
export const SERVER_CORE = 0;
export const LOAD_CORE = 1;
export const EVERY_CORE = '0-1';

const ROOT = new URL('../../', import.meta.url);
const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));
const STARTS_WITHIN_MS = 60_000;

export interface ServerSpec {
  /** From the root of the repository; a `.ts` is run by way of swc. */
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Asked until it answers 200. @default '/', whose answer may be any */
  readonly readyPath?: string;
}

/** What a process has used so far, and how late its event loop was since it was last asked. */
export interface Usage {
  readonly cpuMs: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly statements: number;
  readonly delayP99Ms: number;
}

export interface RecordedStatement {
  readonly text: string;
  readonly name?: string;
  readonly values: readonly unknown[];
}

const running = new Set<ServerProcess>();

/** Ends every server that is still there. */
export async function endServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

/** A server under test, in a process and on a core of its own. */
export class ServerProcess {
  private asked = 0;
  private readonly waiting = new Map<number, (answer: unknown) => void>();
  private output = '';
  /** Milliseconds from the start to the first answer. */
  readyAfterMs = NaN;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    running.add(this);
    child.once('exit', () => running.delete(this));
    const keep = (chunk: Buffer): void => void (this.output = (this.output + chunk.toString()).slice(-4_000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('message', (message: { id: number; answer: unknown }) => {
      this.waiting.get(message.id)?.(message.answer);
      this.waiting.delete(message.id);
    });
  }

  /** Started, and answering. */
  static async start(
    { script, env = {}, readyPath }: ServerSpec,
    core: number | string = SERVER_CORE,
  ): Promise<ServerProcess> {
    const port = await freePort();
    const loader = script.endsWith('.ts') ? ['--import', '@swc-node/register/esm-register'] : [];
    const flags = [...loader, '--import', PROBE];
    const start = performance.now();
    const child = spawn('taskset', ['-c', String(core), process.execPath, ...flags, script], {
      cwd: fileURLToPath(ROOT),
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        NODE_ENV: 'production',
        PORT: String(port),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const server = new ServerProcess(child, port);
    try {
      await answers(port, child, readyPath);
      server.readyAfterMs = performance.now() - start;
    } catch (error) {
      await server.stop();
      throw new Error(`${script} did not start: ${server.output}`, { cause: error });
    }
    return server;
  }

  usage(): Promise<Usage> {
    return this.ask('usage') as Promise<Usage>;
  }

  /** What `pg` sends while `work` goes on. */
  async recorded(work: () => Promise<unknown>): Promise<RecordedStatement[]> {
    await this.ask('startRecording');
    await work();
    return (await this.ask('stopRecording')) as RecordedStatement[];
  }

  /** Work that a server without HTTP does by itself. */
  ask(what: string, given: object = {}): Promise<unknown> {
    const id = (this.asked += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, resolve);
      this.child.send({ id, ask: what, ...given }, (error) => error && reject(error));
    });
  }

  /** Whoever is not measured is not there: jobs and timers of idle servers would run on the core of the one that is. */
  static async alone<T>(servers: readonly (ServerProcess | undefined)[], work: () => Promise<T>): Promise<T> {
    const others = [...running].filter((server) => !servers.includes(server));
    for (const { child } of others) child.kill('SIGSTOP');
    try {
      return await work();
    } finally {
      for (const { child } of others) child.kill('SIGCONT');
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const hard = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
    await exit;
    clearTimeout(hard);
  }
}

async function answers(port: number, child: ChildProcess, readyPath = '/'): Promise<void> {
  for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; await sleep(10)) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    const answer = await fetch(`http://127.0.0.1:${port}${readyPath}`).catch(() => null);
    await answer?.text();
    if (answer && (readyPath === '/' || answer.status === 200)) return;
  }
  throw new Error('It does not answer.');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (typeof address !== 'object' || !address) throw new Error('No port is free.');
  return address.port;
}
