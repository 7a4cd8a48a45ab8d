import { userId } from '../harness/bench-database.js';
import { type Figures, interleaved } from '../harness/rounds.js';
import { refreshes, repeated, STUBBED_HASH, STUBBED_PASSWORD, World } from '../harness/world.js';
import type { ServerProcess } from '../harness/server-process.js';
import { QUICK } from './pace.js';
import { atMost, figure, type Scenario } from './scenario.js';

const SIZES = (process.env['BENCH_SIZES'] ?? '1000,100000,1000000').split(',').map(Number);
const WORK = ['login', 'session check', 'refresh', 'first page', 'deep keyset page'] as const;

/** What grows with the users, and by how much. */
export const listing: Scenario = {
  name: 'listing',
  async run(server) {
    const figures: Figures[] = [];
    const bySize: Figures[][] = [];
    for (const size of SIZES) {
      const world = await World.create(server, size, STUBBED_PASSWORD);
      const app = await world.standalone({ adapter: 'fastify', modules: 'all', env: STUBBED_HASH });
      const measured = await measure(world, app, size);
      bySize.push(measured);
      figures.push(...measured);
      await app.stop();
      await world.database.drop();
    }
    const least = bySize[0] ?? [];
    const most = bySize.at(-1) ?? [];
    return {
      title: 'Growth with the users',
      method: `Fastify, every module, the hash stubbed out; one connection at a time tells how long a request takes. ${SIZES.join(', ')} users.`,
      figures,
      targets: WORK.map((work, at) =>
        atMost(
          `${work}: time at ${SIZES.at(-1)} users / at ${SIZES[0]}`,
          1.3,
          figure(most[at]).p50Ms / figure(least[at]).p50Ms,
        ),
      ),
    };
  },
};

async function measure(world: World, app: ServerProcess, size: number): Promise<Figures[]> {
  await world.database.query('UPDATE castellan.users SET is_super_admin = true WHERE id = $1', [userId(1)]);
  const [admin, ...others] = await world.signIn(app, 2);
  const page = '/auth/admin/users?limit=20&sort_field=created_at&sort_dir=desc';
  const middle = await fetch(`http://127.0.0.1:${app.port}${page}&offset=${size / 2}`, {
    headers: { authorization: `Bearer ${admin?.access}` },
  });
  const { next_cursor: cursor } = (await middle.json()) as { next_cursor: string };
  const token = [admin?.access ?? ''];
  const traffics = [
    world.logins(),
    repeated('/auth/me', token),
    refreshes(
      '/auth/refresh',
      others.map(({ refresh }) => refresh),
    ),
    repeated(page, token),
    repeated(`${page}&cursor=${encodeURIComponent(cursor)}`, token),
  ];
  return interleaved(
    WORK.map((work, at) => ({ name: `${work}, ${size} users`, server: app, traffic: traffics[at] })),
    { ...QUICK, connections: 1 },
    world.database,
  );
}
