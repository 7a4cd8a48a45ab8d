import { cpus, totalmem } from 'node:os';
import type pg from 'pg';
import { explain, type Plan, statementsOf } from './explain.js';
import { type Growth, MOST_GROWTH } from './growth.js';
import type { Question } from './question.js';
import type { Sizes } from './rows.js';

interface Answered {
  readonly question: Question;
  readonly plans: readonly Plan[];
}

/** Asks every question, and explains what was sent for it. */
export async function writeReport(
  client: pg.Client,
  questions: readonly Question[],
  sizes: Sizes,
  growths: readonly Growth[],
): Promise<{ text: string; scans: string[] }> {
  const answered: Answered[] = [];
  for (const question of questions) {
    const sent = await statementsOf(question.ask);
    const plans: Plan[] = [];
    for (const statement of sent) plans.push(await explain(client, statement));
    answered.push({ question, plans });
  }
  const scans = answered.flatMap(({ question, plans }) =>
    plans.flatMap(({ scanned }) => scanned.map((table) => `${question.about}: ${question.title}: ${table}`)),
  );
  const parts = [await head(client, sizes), summary(answered), growth(growths), ...answered.map(section)];
  return { text: `${parts.join('\n\n')}\n`, scans };
}

async function head(client: pg.Client, { users, records }: Sizes): Promise<string> {
  const { rows } = await client.query<{ version: string; users: string; logs: string; indexes: string }>(
    `SELECT current_setting('server_version') AS version, pg_size_pretty(pg_total_relation_size('castellan.users')) AS users,
       pg_size_pretty(pg_table_size('castellan.audit_logs')) AS logs, pg_size_pretty(pg_indexes_size('castellan.audit_logs')) AS indexes`,
  );
  const [size] = rows;
  return `# Lists of large tables

Written by \`npm run bench:listing\` (bench/listing), which loads ${users.toLocaleString('en')} users, with two sessions, a membership, a role and an invitation each, and ${records.toLocaleString('en')} audit
records with \`COPY\`, asks the shipped repositories, explains the statements that they send, word for word, and fails where one of them reads such a table from end to end. The times are of the second run on a machine that others used meanwhile: PostgreSQL ${size?.version ?? ''}, its default
settings (\`shared_buffers\` 128 MB), ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB. Users with indexes take ${size?.users ?? ''}; the log takes ${size?.logs ?? ''}, its indexes ${size?.indexes ?? ''}.
What counts is what is read: an index from where the page begins, and no more of it than the page needs. A table in the last column is read from end to end. Totals are counted to 1,000 and no further.`;
}

function summary(answered: readonly Answered[]): string {
  const rows = answered.map(({ question, plans }) => {
    const total = plans.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const scanned = [...new Set(plans.flatMap((plan) => plan.scanned))];
    const verdict = scanned.length === 0 ? 'none' : `**${scanned.join(', ')}**`;
    return `| ${question.about} | ${question.title} | ${plans.length} | ${total.toFixed(1)} | ${verdict} |`;
  });
  return ['| List | Question | Statements | ms | Sequential scans |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** Whatever a list holds, its pages cost the same. */
function growth(growths: readonly Growth[]): string {
  const rows = growths.map(({ title, small, large }) => {
    const ratio = large / small;
    const shown = ratio <= MOST_GROWTH ? ratio.toFixed(2) : `**${ratio.toFixed(2)}**`;
    return `| ${title} | ${small.toFixed(2)} | ${large.toFixed(2)} | ${shown} |`;
  });
  return [
    '## As tables grow',
    `The repository's answer, page and total, in milliseconds: medians of 300 rounds that take turns, on a thousand users and records and on all of them. At most ${MOST_GROWTH} is wanted.`,
    ['| Page | of 1,000 | of all | ratio |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function section({ question, plans }: Answered): string {
  const each = plans.map(({ text, plan }) => `\`\`\`sql\n${text.trim()}\n\`\`\`\n\n\`\`\`\n${plan}\n\`\`\``);
  return [`## ${question.about}: ${question.title}`, ...each].join('\n\n');
}
