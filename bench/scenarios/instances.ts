import { interleaved, ratio } from '../harness/rounds.js';
import { EVERY_CORE } from '../harness/server-process.js';
import { refreshes, repeated, STUBBED_HASH, STUBBED_PASSWORD, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import { atLeast, type Scenario } from './scenario.js';

export const instances: Scenario = {
  name: 'instances',
  async run(server) {
    const world = await World.create(server, 1_000, STUBBED_PASSWORD);
    const settings = { adapter: 'fastify', env: STUBBED_HASH, cores: EVERY_CORE } as const;
    const one = await world.standalone(settings);
    const two = [await world.standalone(settings), await world.standalone(settings)] as const;
    const tokens = (await world.signIn(one, QUICK.connections)).map(({ access }) => access);
    const chain = async (): Promise<string[]> =>
      (await world.signIn(one, QUICK.connections)).map(({ refresh }) => refresh);
    const figures = await interleaved(
      [
        { name: 'one instance: GET /auth/me', server: one, traffic: repeated('/auth/me', tokens) },
        {
          name: 'two instances: GET /auth/me',
          server: two[0],
          beside: two[1],
          traffic: repeated('/auth/me', tokens),
        },
        { name: 'one instance: refresh', server: one, traffic: refreshes('/auth/refresh', await chain()) },
        {
          name: 'two instances: refresh',
          server: two[0],
          beside: two[1],
          traffic: refreshes('/auth/refresh', await chain()),
        },
      ],
      { ...QUICK, everyCore: true },
      world.database,
    );
    const [oneCheck, twoCheck, oneRefresh, twoRefresh] = figures;
    return {
      title: 'Two instances',
      method:
        'Nothing has a core of its own: the instances, the load and PostgreSQL share two. Half of the connections go to each of two instances. CPU and statements are of the first of the two.',
      figures,
      targets: [
        atLeast('session check: two instances / one', 1, ratio(twoCheck, oneCheck)),
        atLeast('refresh: two instances / one', 1, ratio(twoRefresh, oneRefresh)),
      ],
    };
  },
};
