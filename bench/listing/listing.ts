/**
 * Loads a million users, ten million audit records and what hangs on them into databases of its own, and writes what PostgreSQL does for their lists to
 * docs/performance/listing.md. Fails where a plan reads a growing table from end to end. Needs `psql`, a superuser, about 17 GB, and some twenty minutes:
 *
 *     DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres npm run bench:listing
 *
 * `BENCH_DATABASE` names the databases, which then stay, and are asked again without another load.
 */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { auditQuestions } from './audit-questions.js';
import { type Loaded, withDatabase } from './bench-database.js';
import { type Growth, growthOf } from './growth.js';
import { memberQuestions } from './member-questions.js';
import type { Question } from './question.js';
import { writeReport } from './report.js';
import { userQuestions } from './user-questions.js';

const LARGE = {
  users: Number(process.env['BENCH_USERS'] ?? 1_000_000),
  records: Number(process.env['BENCH_RECORDS'] ?? 10_000_000),
};
const SMALL = { users: 1_000, records: 1_000 };
const REPORT = 'docs/performance/listing.md';

const server = process.env['DATABASE_URL'];
if (!server) throw new Error('DATABASE_URL has to name a PostgreSQL server.');
const kept = process.env['BENCH_DATABASE'];
const name = kept ?? `castellan_listing_${process.pid}`;

const note = (text: string): void => void process.stderr.write(`${new Date().toISOString()} ${text}\n`);

async function questionsOf({ context }: Loaded): Promise<Question[]> {
  return [
    ...(await userQuestions(context)),
    ...(await memberQuestions(context)),
    ...(await auditQuestions(context)),
  ];
}

const target = { server, kept: kept !== undefined, note };
await withDatabase({ ...target, name: `${name}_small`, sizes: SMALL }, (small) =>
  withDatabase({ ...target, name, sizes: LARGE }, async (large) => {
    note('growth');
    const growths: Growth[] = await growthOf(small, large, questionsOf);
    note('plans');
    const report = await writeReport(large.client, await questionsOf(large), LARGE, growths);
    writeFileSync(REPORT, report.text);
    note(`wrote ${REPORT}`);
    if (report.scans.length === 0) return;
    note(`Read from end to end:\n${report.scans.join('\n')}`);
    process.exitCode = 1;
  }),
);
