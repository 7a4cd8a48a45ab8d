import { join } from 'node:path';
import type { BenchDatabase } from './bench-database.js';
import { load, type LoadResult, type Traffic } from './load.js';
import { EVERY_CORE, LOAD_CORE, ServerProcess, type Usage } from './server-process.js';

/** One side of a comparison: a server, and what it is asked. */
export interface Contender {
  readonly name: string;
  readonly server: ServerProcess;
  /** Has half of the connections. */
  readonly beside?: ServerProcess;
  /** None where the server works by itself (the bare hash). */
  readonly traffic?: Traffic;
}

/** Medians over the rounds. */
export interface Figures {
  readonly name: string;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
  /** Share of the server's core that the process had. */
  readonly busy: number;
  readonly statementsPerRequest: number;
  readonly rssMb: number;
  readonly delayP99Ms: number;
  /** Throughput of each round, for ratios within a round. */
  readonly rounds: readonly number[];
}

export interface Pace {
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
  /** Servers, load and PostgreSQL go wherever there is room. @default the servers have one core, load and PostgreSQL the other */
  readonly everyCore?: boolean;
}

/** Every contender in turn, round after round: what the machine does meanwhile is shared by all. `BENCH_CPU_PROF=dir` writes a profile of each there. */
export async function interleaved(
  contenders: readonly Contender[],
  { connections, seconds, rounds, everyCore = false }: Pace,
  database: BenchDatabase,
): Promise<Figures[]> {
  const measured = contenders.map((): Measure[] => []);
  const servers = contenders
    .flatMap(({ server, beside, traffic }) => (traffic ? [server, beside ?? []] : []))
    .flat();
  for (const server of servers) await server.ask('rememberHashes', { on: true });
  for (const contender of contenders) await once(contender, connections, Math.max(WARM_UP_SECONDS, seconds));
  for (const server of servers) await server.ask('rememberHashes', { on: false });
  await database.forgetMail();
  await database.pinBackends(everyCore ? EVERY_CORE : LOAD_CORE);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, contender] of contenders.entries())
      measured[at]?.push(await once(contender, connections, seconds));
  }
  const profiles = process.env['BENCH_CPU_PROF'];
  for (const contender of profiles ? contenders : []) {
    await contender.server.ask('startProfile');
    await once(contender, connections, seconds);
    await contender.server.ask('stopProfile', {
      file: join(profiles ?? '', `${contender.name.replace(/\W+/g, '-')}.cpuprofile`),
    });
  }
  return contenders.map(({ name }, at) => figuresOf(name, measured[at] ?? []));
}

/** The median over the rounds of one's throughput by another's. */
export function ratio(a: Figures | undefined, b: Figures | undefined): number {
  if (!a || !b) throw new Error('A figure is missing.');
  return median(a.rounds.map((rate, round) => rate / (b.rounds[round] ?? NaN)));
}

/** V8 compiles the hot paths in the first thousands of requests; where they hash, each hash is remembered meanwhile. */
const WARM_UP_SECONDS = 5;

interface Measure extends LoadResult {
  readonly before: Usage;
  readonly after: Usage;
  readonly elapsedMs: number;
}

function once(contender: Contender, connections: number, seconds: number): Promise<Measure> {
  return ServerProcess.alone([contender.server, contender.beside], () =>
    measure(contender, connections, seconds),
  );
}

async function measure(
  { server, beside, traffic }: Contender,
  connections: number,
  seconds: number,
): Promise<Measure> {
  const before = await server.usage();
  const start = performance.now();
  const result = traffic
    ? await load(beside ? [server.port, beside.port] : [server.port], traffic, connections, seconds)
    : ((await server.ask('work', { connections, seconds })) as LoadResult);
  const elapsedMs = performance.now() - start;
  return { ...result, before, after: await server.usage(), elapsedMs };
}

function figuresOf(name: string, measures: readonly Measure[]): Figures {
  const of = (value: (measure: Measure) => number): number => median(measures.map(value));
  return {
    name,
    perSecond: of((measure) => measure.perSecond),
    p50Ms: of((measure) => measure.p50Ms),
    p99Ms: of((measure) => measure.p99Ms),
    cpuMsPerRequest: of(({ before, after, requests }) => (after.cpuMs - before.cpuMs) / requests),
    busy: of(({ before, after, elapsedMs }) => (after.cpuMs - before.cpuMs) / elapsedMs),
    statementsPerRequest: of(
      ({ before, after, requests }) => (after.statements - before.statements) / requests,
    ),
    rssMb: of(({ after }) => after.rss / 1024 ** 2),
    delayP99Ms: of(({ after }) => after.delayP99Ms),
    rounds: measures.map((measure) => measure.perSecond),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
