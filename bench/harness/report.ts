import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { format } from 'prettier';
import type { Section, Target } from '../scenarios/scenario.js';
import type { Figures } from './rounds.js';

const KEPT = '.cache/bench';
const REPORT = 'docs/performance/benchmarks.md';
/** What is written by hand stands behind this line, and stays. */
const BY_HAND = '<!-- by hand from here on -->';

interface Kept extends Section {
  readonly at: string;
}

/** Keeps what a scenario has found, and writes the page of all that have been kept. */
export async function keep(name: string, section: Section): Promise<void> {
  mkdirSync(KEPT, { recursive: true });
  const kept: Kept = { ...section, at: new Date().toISOString().slice(0, 10) };
  writeFileSync(`${KEPT}/${name}.json`, JSON.stringify(kept));
  for (const { text, target, measured, holds } of section.targets)
    process.stderr.write(`${holds ? 'holds ' : 'MISSED'} ${text}: ${measured} (${target})\n`);
}

/** The page, of every scenario that has been kept, in this order. */
export async function writeReport(names: readonly string[]): Promise<void> {
  const kept = names.map((name) => `${KEPT}/${name}.json`).filter((file) => existsSync(file));
  const sections = kept.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Kept);
  const parts = [
    HEAD,
    machine(),
    METHOD,
    '## Targets',
    targetTable(sections),
    ...sections.map(chapter),
    BY_HAND,
  ];
  const page = `${parts.join('\n\n')}\n\n${byHand()}\n`;
  writeFileSync(REPORT, await format(page, { parser: 'markdown' }));
}

const HEAD = `# Benchmarks

Written by \`npm run bench\` (bench/). \`npm run bench -- login refresh\` runs those alone and leaves the rest as it was.`;

const METHOD = `## Method

- The server under test has one core to itself, the load and PostgreSQL's backends have the other (\`taskset\`). Where the load's core is full first, what stands
  here is the load's limit: the column *busy* says how much of its core the server used.
- The contenders of a table all run at the same time, are loaded in turn, and this round after round; each figure is the median of the rounds, each ratio
  the median of the ratios within a round, so that what the machine does meanwhile falls on all alike.
- The load generator keeps connections alive with one request at a time on each: 16, and 8 where passwords are hashed. Every server has a pool of ten connections.
- CPU is that of the server's process, threads included, and *statements* is what its \`pg\` sent, BEGIN and COMMIT too, both for each request. *delay* is the p99 of the
  event loop's, at 5 ms resolution.
- Castellan is \`dist/main.js\` with core and session alone unless a line says otherwise, rate limits and lockout on; a session check stands in a host of one route.`;

function machine(): string {
  const [cpu] = cpus();
  const postgres = execFileSync('psql', ['--version'], { encoding: 'utf8' }).trim();
  return `Machine: ${cpus().length} cores of ${cpu?.model.trim()}, ${Math.round(totalmem() / 1024 ** 3)} GB, Linux ${release().split('-')[0]}, Node.js ${process.version}, ${postgres} with its default settings.`;
}

function targetTable(sections: readonly Kept[]): string {
  const row = ({ text, target, measured, holds }: Target): string =>
    `| ${text} | ${target} | ${measured} | ${holds ? 'yes' : '**no**'} |`;
  return [
    '| figure | target | measured | holds |',
    '|---|---|---|---|',
    ...sections.flatMap(({ targets }) => targets.map(row)),
  ].join('\n');
}

function chapter({ title, method, at, figures }: Kept): string {
  const head = `## ${title}\n\n${method} (${at})`;
  if (figures.length === 0) return head;
  return `${head}\n\n| | requests/s | p50 ms | p99 ms | CPU µs | busy | statements | RSS MB | delay ms |\n|---|---|---|---|---|---|---|---|---|\n${figures.map(line).join('\n')}`;
}

function line(f: Figures): string {
  const cells = [
    f.perSecond.toFixed(f.perSecond < 100 ? 1 : 0),
    f.p50Ms.toFixed(2),
    f.p99Ms.toFixed(1),
    (f.cpuMsPerRequest * 1000).toFixed(0),
    `${(f.busy * 100).toFixed(0)} %`,
    f.statementsPerRequest.toFixed(1),
    f.rssMb.toFixed(0),
    f.delayP99Ms.toFixed(1),
  ];
  return `| ${f.name} | ${cells.join(' | ')} |`;
}

function byHand(): string {
  const page = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '';
  return page.split(BY_HAND)[1]?.trim() ?? '';
}
