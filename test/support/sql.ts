import pg from 'pg';

/** One statement on a connection of its own. */
export async function sql<Row extends pg.QueryResultRow>(url: string | null, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url ?? '' });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Ends every connection to a database but the caller's; what kill -9 of their process is to the server. */
export async function cutConnections(url: string | null): Promise<number> {
  const [row] = await sql<{ cut: number }>(
    url,
    'SELECT count(pg_terminate_backend(pid))::int AS cut FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  return row?.cut ?? 0;
}
