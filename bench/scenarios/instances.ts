import { interleaved, ratio } from '../harness/rounds.js';
import { refreshes, repeated, STUBBED_HASH, STUBBED_PASSWORD, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import { atLeast, type Scenario } from './scenario.js';

export const instances: Scenario = {
  name: 'instances',
  async run(server) {
    const world = await World.create(server, 1_000, STUBBED_PASSWORD);
    const settings = { adapter: 'fastify', env: STUBBED_HASH } as const;
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
      QUICK,
      world.database,
    );
    const [oneCheck, twoCheck, oneRefresh, twoRefresh] = figures;
    return {
      title: 'Two instances',
      method:
        'Both instances share the one core that the one has alone, and half of the connections go to each: what they lose is what coordination costs. CPU and statements are of the first of the two.',
      figures,
      targets: [
        atLeast('session check: two instances / one', 0.95, ratio(twoCheck, oneCheck)),
        atLeast('refresh: two instances / one', 0.95, ratio(twoRefresh, oneRefresh)),
      ],
    };
  },
};
