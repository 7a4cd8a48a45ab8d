import { mkdirSync, writeFileSync } from 'node:fs';
import type { Section } from '../scenarios/scenario.js';

const KEPT = '.cache/bench';

export async function writeReport(name: string, section: Section): Promise<void> {
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(`${KEPT}/${name}.json`, JSON.stringify(section, null, 2));
  for (const f of section.figures)
    process.stderr.write(
      `${f.name.padEnd(40)} ${f.perSecond.toFixed(0).padStart(7)}/s p50 ${f.p50Ms.toFixed(2)} p99 ${f.p99Ms.toFixed(2)} cpu ${(f.cpuMsPerRequest * 1000).toFixed(1)} µs busy ${f.busy.toFixed(2)} st ${f.statementsPerRequest.toFixed(2)} rss ${f.rssMb.toFixed(0)} delay ${f.delayP99Ms.toFixed(1)}\n`,
    );
  for (const t of section.targets)
    process.stderr.write(`${t.holds ? 'ok  ' : 'MISS'} ${t.text} ${t.target}: ${t.measured}\n`);
}
