/** The bare hash: bcrypt at the cost of the application, so many at a time as its queue lets run, and nothing else. */
import { createServer } from 'node:http';
import bcrypt from 'bcrypt';

const COST = 10;

async function work(connections: number, seconds: number): Promise<object> {
  const salt = await bcrypt.genSalt(COST, 'b');
  const start = performance.now();
  const latencies: number[] = [];
  const one = async (): Promise<void> => {
    while (performance.now() - start < seconds * 1000) {
      const from = performance.now();
      await bcrypt.hash('a gatehouse of 7 towers', salt);
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const elapsed = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number | undefined => latencies[Math.floor(latencies.length * share)];
  return {
    requests: latencies.length,
    perSecond: latencies.length / elapsed,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

interface Order {
  readonly id: number;
  readonly ask: string;
  readonly connections: number;
  readonly seconds: number;
}

process.on('message', ({ id, ask, connections, seconds }: Order) => {
  if (ask === 'work') void work(connections, seconds).then((answer) => process.send?.({ id, answer }));
});
createServer((_request, response) => response.end()).listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
