import pg from 'pg';

interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the repositories really send, word for word, while `work` runs. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const { prototype } = pg.Client;
  const original: unknown = Reflect.get(prototype, 'query');
  if (typeof original !== 'function') throw new Error('pg has changed.');
  Reflect.set(prototype, 'query', function (this: pg.Client, ...args: unknown[]): unknown {
    const [first, second] = args;
    const text: unknown = typeof first === 'string' ? first : Reflect.get(Object(first) as object, 'text');
    const values: unknown = Array.isArray(second) ? second : Reflect.get(Object(first) as object, 'values');
    if (typeof text === 'string' && /^\s*(SELECT|WITH)/i.test(text))
      sent.push({ text, values: Array.isArray(values) ? values : [] });
    return Reflect.apply(original, this, args) as unknown;
  });
  try {
    await work();
  } finally {
    Reflect.set(prototype, 'query', original);
  }
  return sent;
}

export interface Plan {
  readonly text: string;
  readonly plan: string;
  readonly milliseconds: number;
  /** Tables that are read from end to end, unless they are small. */
  readonly scanned: readonly string[];
}

/** There are few organizations and roles beside those who are in them. */
const isGrowing = (table: string): boolean => !/^(organizations|roles)$/.test(table);

/** The second run's, when what it needs is in memory as far as it fits. */
export async function explain(client: pg.Client, { text, values }: Sent): Promise<Plan> {
  const sql = `EXPLAIN (ANALYZE, BUFFERS) ${text}`;
  await client.query(sql, [...values]);
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(sql, [...values]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  const scanned = [...plan.matchAll(/Seq Scan on (\w+)/g)].map((match) => match[1] ?? '').filter(isGrowing);
  const milliseconds = Number(/Execution Time: ([\d.]+) ms/.exec(plan)?.[1]);
  return { text, plan, milliseconds, scanned };
}
